"""Rows of a table that were handed over as JSON, column -> cells: numbers, strings, booleans and null."""

import json

import numpy as np

from flaxen.data.csv import files, fit, read_with
from flaxen.data.table import Table, series

__all__ = ["files", "fit", "read"]


def read(spec, assets):
    """The columns that the model's inputs and heads name: a `Table` of each file."""
    return read_with(spec, assets, _table)


def _table(path, names):
    import polars as pl

    columns = json.loads(path.read_text("utf-8"))
    frame = pl.DataFrame([series(name, columns[name]) for name in dict.fromkeys(names)])
    return Table(frame, np.arange(frame.height))
