"""From a config's `data` to data sets on the device."""

import importlib
import pathlib

import jax
import numpy as np

from flaxen.data.checks import check, check_batch_size
from flaxen.data.dataset import Dataset, fingerprint
from flaxen.data.kept import identity, last_data
from flaxen.data.split import chosen, split

KINDS = ("arrays", "csv", "digits", "idx", "images", "mnist", "parquet", "records", "text")


def load(config):
    """Returns (train, validation); validation is None without validation data. Raises `DataError`.

    In a process that has just trained on the same data they are still on the device.
    """
    spec, assets = config["data"], pathlib.Path(config["assets"])
    if spec["kind"] not in KINDS:
        raise ValueError(f"data of kind {spec['kind']!r}; known: {', '.join(KINDS)}")
    kind = importlib.import_module(f"flaxen.data.{spec['kind']}")
    same = identity(config, kind.files(spec, assets))
    train, validation = last_data().get(same, lambda: _read(kind, config, assets))
    check_batch_size(config["batch_size"], train.columns)
    return train, validation


def _read(kind, config, assets):
    spec, seed = config["data"], config["shuffle_seed"]
    source, expects = kind.read(spec, assets), spec["expects"]
    how = spec.get("validation") if source.validation is None else None
    train, validation = source.train, source.validation
    if hasattr(kind, "fit"):  # what is learnt from the train rows only
        if how:
            validates = chosen(len(train), how, seed, source.marks)
            train, validation = train.part(~validates), train.part(validates)
        train, validation, preprocessing = kind.fit(spec, train, validation)
        train = check(train, expects, "train")
        validation = validation and check(validation, expects, "validation")
    else:
        train, preprocessing = check(train, expects, "train", source.row), source.preprocessing
        validation = validation and check(validation, expects, "validation", source.row)
        if how:
            train, validation = split(train, how, seed, source.marks)
    return _place(train, preprocessing), validation and _place(validation, preprocessing)


def _place(columns, preprocessing):
    columns = {name: np.ascontiguousarray(values) for name, values in columns.items()}
    rows = len(next(iter(columns.values())))
    placed = jax.device_put(columns)  # in the order of the names
    return Dataset({name: placed[name] for name in columns}, rows, fingerprint(columns), preprocessing)
