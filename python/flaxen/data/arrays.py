"""Arrays that were written in TypeScript: raw little-endian bytes, stored under the hash of their content."""

import math

import numpy as np

from flaxen.data.errors import DataError, missing_file
from flaxen.data.source import Source, ways
from flaxen.data.split import is_drawn


def files(_spec, _assets):
    """None that could change under its name."""
    return []


def read(spec, assets):
    """`columns`, and what validates or tests unless it is drawn: name -> sha256, dtype, shape."""
    train, apart, marks = _columns(spec["columns"], assets), {}, {}
    for part, how in ways(spec).items():
        if not is_drawn(how):
            apart[part] = _columns(how, assets)
        elif isinstance(how, dict):
            marks[part] = _columns({"group": how["group"]}, assets) if "group" in how else {}
            if "stratify" in how:
                marks[part]["stratify"] = train[how["stratify"]]
    return Source(train, apart, marks=marks)


def _columns(columns, assets):
    return {name: _array(name, array, assets / f"{array['sha256']}.bin") for name, array in columns.items()}


def _array(name, array, path):
    kind, shape = np.dtype(array["dtype"]).newbyteorder("<"), array["shape"]
    try:
        values = np.fromfile(path, kind)
    except OSError:
        raise missing_file(path, name) from None
    size = math.prod(shape)
    if len(values) != size:
        raise DataError(
            "wrong-format",
            f'column "{name}": {path.name} holds {len(values):,} values, but the shape {shape} needs {size:,}',
            column=name,
            path=str(path),
        )
    return values.reshape(shape)
