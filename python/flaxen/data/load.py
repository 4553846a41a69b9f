"""From a config's `data` to data sets on the device."""

import importlib
import pathlib

import jax
import numpy as np

from flaxen.data.checks import check, check_batch_size
from flaxen.data.dataset import Dataset, fingerprint
from flaxen.data.kept import identity, last_data
from flaxen.data.source import ways
from flaxen.data.split import set_aside
from flaxen.data.table import Table

KINDS = ("arrays", "csv", "digits", "idx", "images", "mnist", "parquet", "records", "text")


def load(config):
    """Returns (train, validation), and the test rows as a third where the config sets some aside. Raises `DataError`.

    `validation` is None without validation data. In a process that has just trained on the same data they are still on
    the device.
    """
    spec, assets = config["data"], pathlib.Path(config["assets"])
    if spec["kind"] not in KINDS:
        raise ValueError(f"data of kind {spec['kind']!r}; known: {', '.join(KINDS)}")
    kind = importlib.import_module(f"flaxen.data.{spec['kind']}")
    same = identity(config, kind.files(spec, assets))
    parts = last_data().get(same, lambda: _read(kind, config, assets))
    check_batch_size(config["batch_size"], parts["train"].columns)
    return (parts["train"], parts.get("validation"), *([parts["test"]] if "test" in parts else ()))


def _read(kind, config, assets):
    """Part -> its data set: "train", and "validation" and "test" where there are such rows."""
    spec, seed = config["data"], config["shuffle_seed"]
    source, expects = kind.read(spec, assets), spec["expects"]
    drawn = {part: how for part, how in ways(spec).items() if part not in source.apart}

    def parts_of(whole, rows, part):
        """Part -> its rows of those that were read; all of them train where none is set aside."""
        masks = set_aside(rows, drawn, seed, source.marks) if drawn else {}
        return {name: part(whole, mask) for name, mask in masks.items()} or {"train": whole}

    if hasattr(kind, "fit"):  # what is learnt from the train rows only
        tables = parts_of(source.train, len(source.train), Table.part)
        parts, preprocessing = kind.fit(spec, tables | source.apart)
        parts = {name: check(columns, expects, name) for name, columns in parts.items()}
    else:
        whole, preprocessing = check(source.train, expects, "train", source.row), source.preprocessing
        parts = parts_of(whole, len(next(iter(whole.values()))), _part)
        parts |= {name: check(columns, expects, name, source.row) for name, columns in source.apart.items()}
    return {name: _place(columns, preprocessing) for name, columns in parts.items()}


def _part(columns, mask):
    return {name: values[mask] for name, values in columns.items()}


def _place(columns, preprocessing):
    columns = {name: np.ascontiguousarray(values) for name, values in columns.items()}
    rows = len(next(iter(columns.values())))
    placed = jax.device_put(columns)  # in the order of the names
    return Dataset({name: placed[name] for name in columns}, rows, fingerprint(columns), preprocessing)
