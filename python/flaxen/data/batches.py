"""The order in which rows are visited: index matrices from NumPy (a permutation on the device is 30 times slower)."""

import math

import numpy as np

from flaxen.data.checks import row_shape

ROOM = 2**22  # numbers of rows that are only evaluated, at once: 16 MiB as float32, and each layer holds some such
WIDTH = 64  # numbers of the vector that an index becomes, at least


def steps_per_epoch(rows, batch_size):
    """Batches that hold every row once; the last may be partial."""
    return -(-rows // batch_size)


def weights(rows, batch_size):
    """[batches, batch]: 1, and 0 where a row only fills the last batch."""
    steps = steps_per_epoch(rows, batch_size)
    return (np.arange(steps * batch_size) < rows).astype(np.float32).reshape(steps, batch_size)


def shuffled(rows, batch_size, shuffle_seed, epoch):
    """[batches, batch] row numbers of one epoch.

    What fills the last batch are the first rows of the same permutation: real rows, which BatchNorm may see.
    """
    order = np.random.default_rng((shuffle_seed, epoch)).permutation(np.arange(rows, dtype=np.int32))
    return _fill(order, batch_size)


def ordered(rows, batch_size):
    """[batches, batch] row numbers in order."""
    return _fill(np.arange(rows, dtype=np.int32), batch_size)


def evaluation(rows, most):
    """Returns index, weight: [batches, batch] of all rows in order, `most` rows a batch at most."""
    batch_size = steps_per_epoch(rows, steps_per_epoch(rows, most))
    return ordered(rows, batch_size), weights(rows, batch_size)


def rows_at_once(most, expects, columns, least=1, copies=1):
    """How many rows to evaluate at once: `most` where rows are small, fewer where ROOM would not hold them.

    expects: what the config says of the data's columns; columns: name -> [rows, ...], targets may be absent; least:
    rows that are known to fit in memory; copies: models that read the rows side by side.
    """
    return max(least, min(most, ROOM // (copies * row_numbers(expects, columns))))


def row_numbers(expects, columns):
    """How many numbers a row is: of its inputs, and of the answers to its targets.

    An index below n counts for n, as it does in the answer of a model that predicts it, and a position's label for its
    classes.
    """
    sizes = {}  # of named axes
    for name, expected in expects.items():
        if name in columns:
            sizes |= dict(zip(row_shape(expected), columns[name].shape[1:], strict=False))
    total = 0
    for name, expected in expects.items():
        shape = columns[name].shape[1:] if name in columns else [sizes.get(size, size) for size in row_shape(expected)]
        each = expected["classes"] if expected["role"] == "label" else 1
        if expected.get("below"):
            each = max(WIDTH, expected["below"])
        total += each * math.prod(size for size in shape if isinstance(size, int) and size > 0)
    return max(1, total)


def _fill(order, batch_size):
    steps = steps_per_epoch(len(order), batch_size)
    return np.resize(order, (steps, batch_size))
