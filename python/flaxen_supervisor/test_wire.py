"""Frames survive every cut, and no damage gets through."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flaxen_supervisor import wire

scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.floats(allow_nan=False)
objects = st.dictionaries(st.text(), scalars | st.lists(scalars), max_size=4)
messages = st.lists(st.tuples(objects, st.binary(max_size=300)), min_size=1, max_size=5)


def encode(*pairs):
    """All messages as one stream."""
    return b"".join(part for fields, body in pairs for part in wire.frame(fields, body))


def decode(pieces):
    """All messages of a stream that comes in pieces."""
    reader, found = wire.FrameReader(), []
    for piece in pieces:
        reader.feed(piece)
        while message := reader.next():
            found.append(message)
    return found


@given(messages, st.integers(1, 50))
def test_however_the_stream_is_cut_the_messages_are_the_same(sent, size):
    stream = encode(*sent)
    assert decode(stream[start : start + size] for start in range(0, len(stream), size)) == sent


@given(messages, st.data())
def test_a_changed_byte_never_yields_another_message(sent, data):
    stream = bytearray(encode(*sent))
    at = data.draw(st.integers(0, len(stream) - 1))
    stream[at] ^= data.draw(st.integers(1, 255))
    reader, found = wire.FrameReader(), []
    reader.feed(bytes(stream))
    try:
        while message := reader.next():
            found.append(message)
    except wire.ProtocolError:
        pass
    assert len(found) < len(sent)
    assert found == sent[: len(found)]


@given(st.binary(max_size=200))
def test_any_bytes_are_messages_or_an_error_but_never_a_crash(stream):
    try:
        for fields, body in decode([stream]):
            assert isinstance(fields, dict)
            assert isinstance(body, bytes)
    except wire.ProtocolError:
        pass


def framed(payload):
    """A frame around any payload, its checksum right."""
    return struct.pack("<II", len(payload), zlib.crc32(payload)) + payload


@pytest.mark.parametrize(
    "payload",
    [b"", b"\n", b"{}", b"[]\n", b"1\n", b"{]\n", b"\xff\n", b'{"id":' + b"9" * 5000 + b"}\n", b"[" * 100_000 + b"\n"],
    ids=["nothing", "no JSON", "no line", "array", "number", "bad JSON", "no UTF-8", "endless number", "deep"],
)
def test_a_payload_without_an_object_is_an_error(payload):
    with pytest.raises(wire.ProtocolError):
        decode([framed(payload)])


def test_a_frame_that_is_too_long_is_refused_by_its_head_alone():
    with pytest.raises(wire.ProtocolError, match="2097153 bytes long"):
        decode([struct.pack("<II", wire.PAYLOAD_CAP + 1, 0)])
    with pytest.raises(wire.ProtocolError, match="longer than"):
        wire.frame({}, bytes(wire.PAYLOAD_CAP))


def test_the_longest_frame_passes():
    body = bytes(wire.PAYLOAD_CAP - len(b"{}\n"))
    assert decode([encode(({}, body))]) == [({}, body)]
