"""A column of text: token numbers [rows, length], cut and padded with 0."""

import numpy as np

from flaxen.data import tokens
from flaxen.data.errors import DataError
from flaxen.data.parts.cells import missing_value, pieces, words


def fit(name, specs, table, expected):
    """`tokenizer`: what it learnt from the train rows; `length`: positions of a row."""
    (spec,) = specs
    column = spec["column"]
    length = spec.get("length") or expected["shape"][0]
    if not isinstance(length, int):
        raise DataError("shape-mismatch", f'input "{name}": give column "{column}" a length', column=column)
    fitted = {"column": column, "length": length, "missing": spec.get("missing", "error")}
    found = tokens.fit(spec, _texts(fitted, table), expected.get("below"))
    return fitted | {"tokenizer": found}


def apply(_name, fitted, table):
    """Int32 [rows, length]. The end of a text that is too long is cut off."""
    rows = tokens.encode(fitted["tokenizer"], _texts(fitted, table))
    result = np.zeros((len(table), fitted["length"]), np.int32)
    for row, numbers in zip(result, rows, strict=True):
        numbers = numbers[: len(row)]
        row[: len(numbers)] = numbers
    return result


def counts(fitted, table):
    """[rows] tokens of each row, between white space."""
    return np.array([len(row) for row in pieces(fitted["column"], table)])


def vocabulary(fitted):
    """The tokens in the order of their numbers."""
    return tokens.vocabulary(fitted["tokenizer"])


def _texts(fitted, table):
    """A string for each row; a list of strings where the tokens stand in lists."""
    import polars as pl

    column = fitted["column"]
    series = table.frame[column]
    if fitted["missing"] == "error" and series.null_count():
        raise missing_value(column, table, series.is_null(), "text")
    if series.dtype in (pl.List, pl.Array):
        return [" ".join(row) for row in pieces(column, table)]
    return words(column, table).fill_null("").to_list()
