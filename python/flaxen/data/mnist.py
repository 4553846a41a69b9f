"""MNIST's four IDX files. Its own 10,000 test images validate, or test where a share of the train images validates."""

from flaxen.data.idx import read_idx
from flaxen.data.source import Source

_KINDS = {"image": "images-idx3-ubyte", "label": "labels-idx1-ubyte"}


def files(spec, assets):
    """All that `read` reads."""
    parts = ["train", *(["t10k"] if _own(spec) else ())]
    return [_path(spec, assets, part, column) for part in parts for column in spec["columns"]]


def read(spec, assets):
    """Columns: image uint8 [rows, 28, 28] and label uint8 [rows], under the names that `columns` gives them."""

    def split(part):
        names = spec["columns"]
        return {name: read_idx(_path(spec, assets, part, column), name) for column, name in names.items()}

    return Source(split("train"), {_own(spec): split("t10k")} if _own(spec) else {})


def _own(spec):
    """What MNIST's own test images are for: "test" or "validation"; None where they are left out."""
    if spec.get("test"):
        return "test"
    return None if spec.get("validation") else "validation"


def _path(spec, assets, part, column):
    return assets / (spec.get("folder") or "") / f"{part}-{_KINDS[column]}"
