"""One class for each row: class numbers as they are, or class names by their place in the alphabet."""

from flaxen.data import checks
from flaxen.data.errors import DataError
from flaxen.data.parts.cells import more, refuse_missing
from flaxen.data.parts.indices import places, too_many, words


def fit(name, specs, table, expected):
    """`words`: the names of the classes in order, or None where the column holds class numbers."""
    import polars as pl

    (spec,) = specs
    column, classes = spec["column"], expected["classes"]
    refuse_missing(column, table, "target")
    found = spec.get("categories")
    if found is None and table.frame.schema[column] in (pl.String, pl.Categorical, pl.Enum):
        found = words(column, table).unique().sort().to_list()
    if found is not None and len(found) > classes:
        raise too_many("label-out-of-range", name, column, found, classes)
    return {"column": column, "words": found, "classes": classes}


def apply(name, fitted, table):
    """Int32 [rows]."""
    import polars as pl

    column = fitted["column"]
    refuse_missing(column, table, "target")
    if fitted["words"] is not None:
        return places(name, column, fitted["words"], table)
    series = table.frame[column]
    if series.dtype == pl.String:
        wrong = series.cast(pl.Int64, strict=False).is_null()
        at = wrong.arg_max()
        raise DataError(
            "wrong-dtype",
            f'column "{column}", {table.where(at)}: "{series[at]}", but a number is expected{more(int(wrong.sum()))}',
            column=column,
            row=table.place(at),
            value=series[at],
        )
    values = series.cast(pl.Int64) if series.dtype == pl.Boolean else series
    return checks.column(column, values.to_numpy(), {"role": "label", "classes": fitted["classes"]}, table.where)


def vocabulary(fitted):
    """The names of the classes, or None where they are numbers."""
    return fitted["words"]
