"""Rows set aside for validation."""

import numpy as np

from flaxen.data.errors import DataError


def split(columns, fraction, shuffle_seed):
    """Returns (train, validation) columns: `fraction` of the rows, drawn with `shuffle_seed`, validate."""
    rows = len(next(iter(columns.values())))
    count = round(rows * fraction)
    if not 0 < count < rows:
        raise DataError(
            "empty-data",
            f"validation: {fraction} of {rows} rows leaves {rows - count} to train on and {count} to validate on;"
            " both need at least one",
            rows=rows,
            fraction=fraction,
        )
    order = np.random.default_rng(shuffle_seed).permutation(rows)
    chosen, rest = np.sort(order[:count]), np.sort(order[count:])
    return ({name: values[part] for name, values in columns.items()} for part in (rest, chosen))
