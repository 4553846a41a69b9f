"""One class for each token: names separated by white space, or a list; positions behind the last are -1."""

import numpy as np

from flaxen.data.errors import DataError
from flaxen.data.parts.cells import pieces, refuse_missing
from flaxen.data.parts.indices import too_many

NOT_COUNTED = -1


def fit(name, specs, table, expected):
    """`words`: the names of the tags in order; `length`: positions of a row."""
    (spec,) = specs
    column, classes, (length,) = spec["column"], expected["classes"], expected["shape"]
    refuse_missing(column, table, "target")
    length = spec.get("length") or length
    if not isinstance(length, int):
        raise DataError("shape-mismatch", f'head "{name}": give column "{column}" a length', column=column)
    found = spec.get("categories") or sorted({one for row in pieces(column, table) for one in row})
    if len(found) > classes:
        raise too_many("label-out-of-range", name, column, found, classes)
    return {"column": column, "words": found, "length": length}


def apply(name, fitted, table):
    """Int32 [rows, length]."""
    places = {word: place for place, word in enumerate(fitted["words"])}
    result = np.full((len(table), fitted["length"]), NOT_COUNTED, np.int32)
    for row, names in enumerate(pieces(fitted["column"], table)):
        for position, one in enumerate(names[: fitted["length"]]):
            if one not in places:
                raise DataError(
                    "unknown-category",
                    f'column "{fitted["column"]}" ({name}), {table.where(row)} holds "{one}", which no train row has;'
                    f" known: {', '.join(fitted['words'][:20])}",
                    column=fitted["column"],
                    row=table.place(row),
                    value=one,
                )
            result[row, position] = places[one]
    return result


def counts(fitted, table):
    """[rows] tags of each row."""
    return np.array([len(row) for row in pieces(fitted["column"], table)])


def vocabulary(fitted):
    """The names of the tags."""
    return fitted["words"]
