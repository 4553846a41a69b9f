"""Several classes for each row, in one column of separated names: [rows, classes] of 0 and 1."""

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.parts.cells import pieces
from flaxen.data.parts.indices import too_many


def fit(name, specs, table, expected):
    """`words`: the names of the classes in order. A row without any belongs to none."""
    (spec,) = specs
    column, separator, classes = spec["column"], spec.get("separator", ","), expected["classes"]
    found = spec.get("categories") or sorted({one for row in pieces(column, table, separator) for one in row})
    if len(found) > classes:
        raise too_many("label-out-of-range", name, column, found, classes)
    return {"column": column, "separator": separator, "words": found, "classes": classes}


def apply(name, fitted, table):
    """Float32 [rows, classes]."""
    places = {word: place for place, word in enumerate(fitted["words"])}
    result = np.zeros((len(table), fitted["classes"]), np.float32)
    for row, names in enumerate(pieces(fitted["column"], table, fitted["separator"])):
        for one in names:
            if one not in places:
                raise DataError(
                    "unknown-category",
                    f'column "{fitted["column"]}" ({name}), {table.where(row)} holds "{one}", which no train row has;'
                    f" known: {', '.join(fitted['words'][:20])}",
                    column=fitted["column"],
                    row=table.place(row),
                    value=one,
                )
            result[row, places[one]] = 1
    return result


def vocabulary(fitted):
    """The names of the classes."""
    return fitted["words"]
