"""Rows of a file that training did not read, prepared as its train rows were."""

import importlib
import pathlib

from flaxen.data import parts
from flaxen.data.checks import check
from flaxen.data.errors import DataError
from flaxen.data.table import read_csv, read_parquet

TABLES = ("csv", "parquet", "records")
PARQUET, TEXT = (".parquet", ".pq"), (".csv", ".tsv", ".txt")


def read_more(spec, preprocessing, path):
    """Columns [rows, ...] of all inputs and targets. Raises `DataError`.

    spec: `data` of the config; preprocessing: what the run fitted. A model of a table reads another one, CSV or
    Parquet; one of images a folder with a sub-folder for each class; one of running text another text.
    """
    path, kind = pathlib.Path(path), spec["kind"]
    if kind in TABLES:
        names = [column for one in preprocessing["columns"].values() for column in parts.columns_of(one)]
        parquet = path.suffix in PARQUET or (kind == "parquet" and path.suffix not in TEXT)
        table = read_parquet(path, names) if parquet else read_csv(path, names, _separator(spec, path))
        return check(parts.apply(preprocessing, table), spec["expects"], path.name, table.where)
    module = importlib.import_module(f"flaxen.data.{kind}")
    if not hasattr(module, "read_more"):
        raise DataError(
            "wrong-format", f"a model that was trained on data.{kind} reads no file; give it rows", path=str(path)
        )
    columns, row = module.read_more(spec, preprocessing, path)
    return check(columns, spec["expects"], path.name, row)


def _separator(spec, path):
    return spec.get("separator") or ("\t" if path.suffix == ".tsv" else ",")
