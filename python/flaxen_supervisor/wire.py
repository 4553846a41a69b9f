"""The protocol's bytes: a greeting line, then frames in both directions, over any byte stream."""

import json
import struct
import zlib

MAJOR = 1
PAYLOAD_CAP = 2 * 1024 * 1024  # bytes
HEAD = struct.Struct("<II")  # length and CRC-32 of the payload


class ProtocolError(Exception):
    """What came is no frame. Where the next one would begin is unknown: the connection is of no more use."""


def greeting(identity):
    """The server's first line. It begins with a line end: what a start-up file printed before may have none."""
    return f"\nFLAXEN/{MAJOR} {identity}\n".encode()


def frame(fields, body=b""):
    """One message as parts to write one after another: `fields` as JSON, then raw bytes."""
    text = json.dumps(fields, separators=(",", ":")).encode() + b"\n"
    size = len(text) + len(body)
    if size > PAYLOAD_CAP:
        raise ProtocolError(f"a message of {size} bytes is longer than {PAYLOAD_CAP}")
    head = HEAD.pack(size, zlib.crc32(body, zlib.crc32(text)))
    return [head + text, body] if body else [head + text]


class FrameReader:
    """Cuts a stream into messages: bytes go in by `feed` as they come, whole messages come out by `next`."""

    def __init__(self):
        self._bytes = bytearray()

    @property
    def buffered(self):
        """Bytes that are held."""
        return len(self._bytes)

    @property
    def ready(self):
        """Whether a message, or the proof that none will come, is held whole."""
        size = self._size()
        return size is not None and (size > PAYLOAD_CAP or len(self._bytes) >= HEAD.size + size)

    def feed(self, data):
        """Takes bytes."""
        self._bytes += data

    def next(self):
        """Returns the next message as (fields, body), or None while it is not whole."""
        if not self.ready:
            return None
        size, checksum = HEAD.unpack_from(self._bytes)
        if size > PAYLOAD_CAP:
            raise ProtocolError(f"a frame says that it is {size} bytes long: more than {PAYLOAD_CAP}")
        payload = bytes(memoryview(self._bytes)[HEAD.size : HEAD.size + size])
        del self._bytes[: HEAD.size + size]
        if zlib.crc32(payload) != checksum:
            raise ProtocolError("a frame was damaged on its way: its checksum is wrong")
        return _parse(payload)

    def _size(self):
        return HEAD.unpack_from(self._bytes)[0] if len(self._bytes) >= HEAD.size else None


def _parse(payload):
    text, newline, body = payload.partition(b"\n")
    if not newline:
        raise ProtocolError("a frame holds no line of JSON")
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"a frame holds no JSON: {error}") from None
    if not isinstance(fields, dict):
        raise ProtocolError("a frame holds JSON, but no object")
    return fields, body
