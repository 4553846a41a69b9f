"""Arrays that were written in TypeScript: raw little-endian bytes, stored under the hash of their content."""

import math

import numpy as np

from flaxen.data.errors import DataError, missing_file
from flaxen.data.source import Source


def files(_spec, _assets):
    """None that could change under its name."""
    return []


def read(spec, assets):
    """`columns` (and `validation`, unless it is a fraction): name -> sha256, dtype, shape."""
    validation = spec.get("validation")
    apart = isinstance(validation, dict)
    return Source(_columns(spec["columns"], assets), _columns(validation, assets) if apart else None)


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
