"""Cells of a table: which are missing, and what they hold."""

from flaxen.data.errors import DataError

ADVICE = {
    "number": 'Fill it in, or choose missing: "mean", "median" or "zero" for the column',
    "category": 'Fill it in, or choose missing: "unknown" for the column',
    "text": 'Fill it in, or choose missing: "empty" for the column',
    "mark": "It says which rows validate: fill it in, or take those rows out",
    "target": "Rows without their target cannot be learnt from: fill it in, or take them out",
}


def missing_value(column, table, missing, kind):
    """An error that names the column, the first row and how many. missing: a Polars series of bool."""
    at, count = missing.arg_max(), int(missing.sum())
    return DataError(
        "missing-value",
        f'column "{column}", {table.where(at)}: no value{more(count)}. {ADVICE[kind]}',
        column=column,
        row=table.place(at),
        value=None,
        count=count,
    )


def more(count):
    """How many rows are like the one that is named, where that is not the only one."""
    return f" ({count:,} rows like it)" if count > 1 else ""


def refuse_missing(column, table, kind):
    """Raises where a cell of the column holds nothing."""
    series = table.frame[column]
    if series.null_count():
        raise missing_value(column, table, series.is_null(), kind)


def words(column, table):
    """The column as a Polars series of strings; numbers are written out."""
    import polars as pl

    series = table.frame[column]
    if series.dtype in (pl.List, pl.Array, pl.Struct, pl.Binary, pl.Object):
        raise DataError(
            "wrong-dtype",
            f'column "{column}" holds {series.dtype} values, but words are expected',
            column=column,
            dtype=str(series.dtype),
        )
    return series.cast(pl.String)


def pieces(column, table, separator=None):
    """A list of strings for each row: that of a list column, or text cut at white space or the separator."""
    import polars as pl

    series = table.frame[column]
    if series.dtype in (pl.List, pl.Array):
        return [[str(one) for one in row] if row is not None else [] for row in series.to_list()]
    texts = words(column, table).to_list()
    if separator is None:
        return [(text or "").split() for text in texts]
    return [[one.strip() for one in text.split(separator) if one.strip()] if text else [] for text in texts]
