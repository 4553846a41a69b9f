"""From a config's `data` to data sets on the device."""

import importlib
import pathlib

import jax
import numpy as np

from flaxen.data.checks import check, check_batch_size
from flaxen.data.dataset import Dataset, fingerprint
from flaxen.data.split import split

KINDS = ("arrays", "csv", "digits", "idx", "mnist")


def load(config):
    """Returns (train, validation); validation is None without validation data. Raises `DataError`."""
    spec = config["data"]
    if spec["kind"] not in KINDS:
        raise ValueError(f"data of kind {spec['kind']!r}; known: {', '.join(KINDS)}")
    kind = importlib.import_module(f"flaxen.data.{spec['kind']}")
    source = kind.read(spec, pathlib.Path(config["assets"]))
    expects, fraction = spec["expects"], spec.get("validation")
    train, validation = source.train, source.validation
    if hasattr(kind, "fit"):  # what is learnt from the train rows only
        if validation is None and fraction:
            train, validation = split(train, fraction, config["shuffle_seed"])
        train, validation, preprocessing = kind.fit(spec, train, validation)
        train = check(train, expects, "train")
        validation = validation and check(validation, expects, "validation")
    else:
        train, preprocessing = check(train, expects, "train", source.row), None
        validation = validation and check(validation, expects, "validation", source.row)
        if validation is None and fraction:
            train, validation = split(train, fraction, config["shuffle_seed"])
    check_batch_size(config["batch_size"], train)
    return _place(train, preprocessing), validation and _place(validation, preprocessing)


def _place(columns, preprocessing):
    columns = {name: np.ascontiguousarray(values) for name, values in columns.items()}
    rows = len(next(iter(columns.values())))
    return Dataset(jax.device_put(columns), rows, fingerprint(columns), preprocessing)
