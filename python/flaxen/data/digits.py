"""The 1,797 handwritten digits of 8 x 8 that come with scikit-learn."""

import gzip
import importlib.util
import pathlib

import numpy as np

from flaxen.data.source import Source


def files(_spec, _assets):
    """None but the environment's own."""
    return []


def read(spec, _assets):
    """Columns: image float32 [1797, ...] in 0..1, shaped as the model's input is, and label int32 [1797]."""
    names = spec["columns"]
    package = importlib.util.find_spec("sklearn")
    if package is None:
        raise ModuleNotFoundError("data.digits needs scikit-learn", name="sklearn")
    # The file itself: importing scikit-learn takes longer than training on its digits.
    with gzip.open(pathlib.Path(package.origin).parent / "datasets" / "data" / "digits.csv.gz") as file:
        rows = np.array(file.read().replace(b"\n", b",").rstrip(b",").split(b","), np.float32).reshape(-1, 65)
    image, shape = rows[:, :64] / 16, spec["expects"][names["image"]]["shape"]
    if np.prod(shape) == 64:
        image = image.reshape(-1, *shape)
    found = {"image": image, "label": rows[:, 64].astype(np.int32)}
    return Source({name: found[column] for column, name in names.items()})
