"""MNIST's four IDX files. Its own 10,000 test images validate, unless a fraction of the train images is asked for."""

from flaxen.data.idx import read_idx
from flaxen.data.source import Source

_KINDS = {"image": "images-idx3-ubyte", "label": "labels-idx1-ubyte"}


def files(spec, assets):
    """All that `read` reads."""
    parts = ["train"] if spec.get("validation") else ["train", "t10k"]
    return [_path(spec, assets, part, column) for part in parts for column in spec["columns"]]


def read(spec, assets):
    """Columns: image uint8 [rows, 28, 28] and label uint8 [rows], under the names that `columns` gives them."""

    def split(part):
        names = spec["columns"]
        return {name: read_idx(_path(spec, assets, part, column), name) for column, name in names.items()}

    return Source(split("train"), None if spec.get("validation") else split("t10k"))


def _path(spec, assets, part, column):
    return assets / (spec.get("folder") or "") / f"{part}-{_KINDS[column]}"
