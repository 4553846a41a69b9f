"""Frames of the predict server: u32 length of the header (little-endian), header (JSON), then the raw arrays."""

import json
import math
import struct

import numpy as np


def read_frame(stream):
    """Returns (header, arrays), or None at the end of the stream. `header["inputs"]`: name -> dtype, shape."""
    start = stream.read(4)
    if len(start) < 4:
        return None
    header = json.loads(stream.read(struct.unpack("<I", start)[0]))
    arrays = {}
    for name, array in header.get("inputs", {}).items():
        kind = np.dtype(array["dtype"]).newbyteorder("<")
        content = stream.read(kind.itemsize * math.prod(array["shape"]))
        arrays[name] = np.frombuffer(content, kind).reshape(array["shape"])
    return header, arrays


def write_frame(stream, header, arrays=None):
    """`arrays`: name -> NumPy array; they become `header["outputs"]`."""
    parts = []
    if arrays is not None:
        arrays = {name: np.ascontiguousarray(values) for name, values in arrays.items()}
        header = header | {
            "outputs": {
                name: {"dtype": values.dtype.name, "shape": list(values.shape)} for name, values in arrays.items()
            }
        }
        parts = [values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes() for values in arrays.values()]
    text = json.dumps(header).encode()
    stream.write(b"".join([struct.pack("<I", len(text)), text, *parts]))
    stream.flush()
