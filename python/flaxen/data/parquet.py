"""Parquet files: as tables of CSV, but each column has its type."""

from flaxen.data.csv import files, fit, read_with
from flaxen.data.table import read_parquet

__all__ = ["files", "fit", "read"]


def read(spec, assets):
    """The columns that the model's inputs and heads name, as the file has them: a `Table` of each file."""
    return read_with(spec, assets, read_parquet)
