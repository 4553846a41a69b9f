"""CSV files, read by Polars. What is fitted (scaling, vocabularies, tokenizers) is fitted on the train rows only."""

import numpy as np

from flaxen.data import parts
from flaxen.data.parts import cells
from flaxen.data.source import Source, ways
from flaxen.data.table import read_csv


def files(spec, assets):
    """All that `read` reads."""
    return [assets / spec["path"], *(assets / path for path in _apart(spec).values())]


def read(spec, assets):
    """The columns that the model's inputs and heads name, as the file has them: a `Table` of each file."""
    return read_with(spec, assets, lambda path, names: read_csv(path, names, spec.get("separator") or ","))


def read_with(spec, assets, reader):
    """`read` with the reader of another format."""
    names = [one["column"] for name in spec["expects"] for one in parts.specs_of(spec, name)]
    marked = {part: _marks(spec, how) for part, how in ways(spec).items() if isinstance(how, dict)}
    train = reader(assets / spec["path"], [*names, *(column for marks in marked.values() for column in marks.values())])
    apart = {part: reader(assets / path, names) for part, path in _apart(spec).items()}

    def values(column):
        cells.refuse_missing(column, train, "mark")
        return np.array(train.frame[column].to_list(), object)

    marks = {part: {mark: values(column) for mark, column in marks.items()} for part, marks in marked.items()}
    return Source(train, apart, train.row, marks)


def fit(spec, tables):
    """Returns (part -> columns, preprocessing) of part -> `Table`; the last is plain JSON, saved with the weights."""
    preprocessing = parts.fit(spec, tables["train"])
    return {part: parts.apply(preprocessing, table) for part, table in tables.items()}, preprocessing


def _apart(spec):
    """Part -> its own file, for parts that have one."""
    return {part: how for part, how in ways(spec).items() if isinstance(how, str)}


def _marks(spec, how):
    """Mark -> the column by which rows are set aside."""
    marks = {mark: how[mark] for mark in ("group", "column") if mark in how}
    if "stratify" in how:
        (head,) = parts.specs_of(spec, how["stratify"])
        marks["stratify"] = head["column"]
    return marks
