"""CSV files, read by Polars. What is fitted (scaling, vocabularies, tokenizers) is fitted on the train rows only."""

import numpy as np

from flaxen.data import parts
from flaxen.data.parts import cells
from flaxen.data.source import Source
from flaxen.data.table import read_csv


def files(spec, assets):
    """All that `read` reads."""
    validation = spec.get("validation")
    return [assets / spec["path"], *([assets / validation] if isinstance(validation, str) else ())]


def read(spec, assets):
    """The columns that the model's inputs and heads name, as the file has them: two `Table`s, or one to be split."""
    return read_with(spec, assets, lambda path, names: read_csv(path, names, spec.get("separator") or ","))


def read_with(spec, assets, reader):
    """`read` with the reader of another format."""
    validation = spec.get("validation")
    names = [one["column"] for name in spec["expects"] for one in parts.specs_of(spec, name)]
    train = reader(assets / spec["path"], [*names, *_marks(spec).values()])
    apart = reader(assets / validation, names) if isinstance(validation, str) else None
    marks = {}
    for mark, column in _marks(spec).items():
        cells.refuse_missing(column, train, "mark")
        marks[mark] = np.array(train.frame[column].to_list(), object)
    return Source(train, apart, train.row, marks)


def fit(spec, train, validation):
    """Returns (train, validation, preprocessing); the last is plain JSON, saved with the weights."""
    preprocessing = parts.fit(spec, train)
    columns = parts.apply(preprocessing, train)
    return columns, None if validation is None else parts.apply(preprocessing, validation), preprocessing


def _marks(spec):
    """Mark -> the column by which rows are set aside."""
    how = spec.get("validation")
    if not isinstance(how, dict):
        return {}
    marks = {mark: how[mark] for mark in ("group", "column") if mark in how}
    if "stratify" in how:
        (head,) = parts.specs_of(spec, how["stratify"])
        marks["stratify"] = head["column"]
    return marks
