"""Columns of categories: a number for each category of the train rows, 0 for what is missing or unknown."""

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.parts.cells import missing_value, words


def fit(name, specs, table, expected):
    """Per column: its `words`, numbered from `first` on. One table of vectors serves all columns of an input."""
    columns, first = [], 1
    for spec in specs:
        found = spec.get("categories") or _found(spec, table)
        policy = spec.get("missing", "error")
        columns.append({"column": spec["column"], "words": found, "first": first, "missing": policy})
        first += len(found)
    below = expected.get("below")
    if below is not None and first > below:
        each = ", ".join(f'"{one["column"]}" {len(one["words"])}' for one in columns)
        raise DataError(
            "index-out-of-range",
            f'input "{name}" needs an embedding with vocab {first}: 0 for what is missing or unknown, and one for'
            f" each category of the train rows ({each}); its vocab is {below}. Set vocab: {first}, or maxCategories",
            column=columns[-1]["column"],
            expected=below,
            value=first,
        )
    return {"columns": columns}


def apply(_name, fitted, table):
    """Int32 [rows, columns]."""
    return np.stack([_numbers(one, table) for one in fitted["columns"]], -1)


def vocabulary(fitted):
    """The categories in the order of their numbers."""
    return ["", *(word for one in fitted["columns"] for word in one["words"])]


def _found(spec, table):
    """In alphabetical order; where there is a limit, the most frequent ones."""
    counts = words(spec["column"], table).drop_nulls().value_counts(name="count").rows()
    counts.sort(key=lambda one: (-one[1], one[0]))
    return sorted(word for word, _ in counts[: spec.get("maxCategories")])


def _numbers(one, table):
    import polars as pl

    series = words(one["column"], table)
    if one["missing"] == "error" and series.null_count():
        raise missing_value(one["column"], table, series.is_null(), "category")
    if not one["words"]:
        return np.zeros(len(table), np.int32)
    numbers = list(range(one["first"], one["first"] + len(one["words"])))
    return series.replace_strict(one["words"], numbers, default=0, return_dtype=pl.Int32).to_numpy()
