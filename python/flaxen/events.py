"""Events as lines of JSON on a pipe of their own: a stray print never gets among them."""

import json
import math
import os


class Pipe:
    """Writes one event a line to a file descriptor; the supervisor adds the envelope."""

    def __init__(self, descriptor):
        self.descriptor = descriptor

    def __call__(self, type, **fields):
        line = encode({"type": type, **fields}).encode()
        while line:
            line = line[os.write(self.descriptor, line) :]

    def close(self):
        """Nothing is buffered."""


def encode(event):
    """One line; NaN and the infinities, which JSON lacks, are strings."""
    try:
        return json.dumps(event, allow_nan=False, separators=(",", ":"), default=plain) + "\n"
    except ValueError:
        return json.dumps(finite(event), allow_nan=False, separators=(",", ":")) + "\n"


def plain(value):
    """NumPy's numbers and arrays as Python's."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no place in an event")


def finite(value):
    """NaN and the infinities as strings, NumPy's arrays as lists, at any depth."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    if hasattr(value, "tolist"):
        return finite(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value
