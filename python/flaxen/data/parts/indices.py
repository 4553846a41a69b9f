"""Columns of an input of whole numbers: indices as they are, or words by their place in the alphabet."""

import numpy as np

from flaxen.data import checks
from flaxen.data.errors import DataError
from flaxen.data.parts.cells import more, refuse_missing, words


def fit(name, specs, table, expected):
    """Per column: its `words` in order, or None where it holds whole numbers."""
    columns = [one["column"] for one in specs]
    for column in columns:
        refuse_missing(column, table, "category")
    result = [{"column": column, "words": _words(column, table)} for column in columns]
    below = expected.get("below")
    for one in result:
        if one["words"] is not None and below is not None and len(one["words"]) > below:
            raise too_many("index-out-of-range", name, one["column"], one["words"], below)
    return {"columns": result, "below": below}


def apply(name, fitted, table):
    """Int32 [rows, columns]."""
    return np.stack([_numbers(name, one, fitted["below"], table) for one in fitted["columns"]], -1)


def too_many(code, name, column, found, room):
    """More words than there is room for."""
    return DataError(
        code,
        f'column "{column}" has {len(found)} different values in the train rows'
        f' ({", ".join(found[:10])}{", …" if len(found) > 10 else ""}), but "{name}" has room for {room}',
        column=column,
        value=found[room],
        expected=room,
    )


def places(name, column, known, table):
    """[rows] int32: the place of each word among the known ones. Raises for any other."""
    import polars as pl

    series = words(column, table)
    found = series.replace_strict(known, list(range(len(known))), default=None, return_dtype=pl.Int32)
    wrong = found.is_null()
    if wrong.any():
        at = wrong.arg_max()
        raise DataError(
            "unknown-category",
            f'column "{column}" ({name}), {table.where(at)} holds "{series[at]}", which no train row has'
            f"{more(int(wrong.sum()))}; known: {', '.join(known[:20])}",
            column=column,
            row=table.place(at),
            value=series[at],
        )
    return found.to_numpy()


def _words(column, table):
    import polars as pl

    if table.frame.schema[column] not in (pl.String, pl.Categorical, pl.Enum):
        return None
    return words(column, table).unique().sort().to_list()


def _numbers(name, one, below, table):
    import polars as pl

    column = one["column"]
    refuse_missing(column, table, "category")
    if one["words"] is not None:
        return places(name, column, one["words"], table)
    series = table.frame[column]
    if series.dtype == pl.String:
        at = series.cast(pl.Int64, strict=False).is_null().arg_max()
        raise DataError(
            "wrong-dtype",
            f'column "{column}", {table.where(at)}: "{series[at]}", but a whole number is expected',
            column=column,
            row=table.place(at),
            value=series[at],
        )
    expected = {"role": "input", "shape": [], "dtype": "int", "below": below}
    values = series.cast(pl.Int64) if series.dtype == pl.Boolean else series
    return checks.column(column, values.to_numpy(), expected, table.where)
