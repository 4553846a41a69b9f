"""MNIST's four IDX files. Its own 10,000 test images validate, unless a fraction of the train images is asked for."""

from flaxen.data.idx import read_idx
from flaxen.data.source import Source


def read(spec, assets):
    """Columns: image uint8 [rows, 28, 28] and label uint8 [rows], under the names that `columns` gives them."""
    folder, names = assets / (spec.get("folder") or ""), spec["columns"]

    def split(name):
        return {
            names["image"]: read_idx(folder / f"{name}-images-idx3-ubyte", names["image"]),
            names["label"]: read_idx(folder / f"{name}-labels-idx1-ubyte", names["label"]),
        }

    return Source(split("train"), None if spec.get("validation") else split("t10k"))
