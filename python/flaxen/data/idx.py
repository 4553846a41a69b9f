"""IDX files: the format of MNIST."""

import math

import numpy as np

from flaxen.data.errors import DataError, missing_file
from flaxen.data.source import Source, ways

_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def files(spec, assets):
    """All that `read` reads."""
    return [assets / file for named in [spec["train"], *_apart(spec).values()] for file in named.values()]


def read(spec, assets):
    """`train`, and `validation` and `test` where they are no share of its rows, name a file for each column."""
    apart = {part: _columns(named, assets) for part, named in _apart(spec).items()}
    return Source(_columns(spec["train"], assets), apart)


def _apart(spec):
    """Part -> the files of its columns, for parts that are no share of the train rows."""
    return {part: how for part, how in ways(spec).items() if isinstance(how, dict)}


def read_idx(path, column):
    """Returns the file's array; its first dimension is the rows."""
    try:
        content = np.fromfile(path, np.uint8)
    except OSError:
        raise missing_file(path, column) from None
    kind = _TYPES.get(int(content[2])) if len(content) >= 4 and not content[:2].any() else None
    if kind is None:
        raise _wrong(column, path, "is not an IDX file (unpacked, not .gz)")
    start = 4 + 4 * int(content[3])
    shape = tuple(int(size) for size in content[4:start].view(">i4"))
    expected = start + math.prod(shape) * np.dtype(kind).itemsize
    if len(content) != expected:
        raise _wrong(column, path, f"has {len(content):,} bytes, but its header {list(shape)} needs {expected:,}")
    values = content[start:].view(kind).reshape(shape)
    return values.astype(values.dtype.newbyteorder("="), copy=False)


def _columns(files, assets):
    return {column: read_idx(assets / file, column) for column, file in files.items()}


def _wrong(column, path, what):
    return DataError("wrong-format", f'column "{column}": {path.name} {what}', column=column, path=str(path))
