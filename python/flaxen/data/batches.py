"""The order in which rows are visited: index matrices from NumPy (a permutation on the device is 30 times slower)."""

import numpy as np


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


def _fill(order, batch_size):
    steps = steps_per_epoch(len(order), batch_size)
    return np.resize(order, (steps, batch_size))
