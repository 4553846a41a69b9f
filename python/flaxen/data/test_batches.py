"""Every row once an epoch, whatever the batch size."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flaxen.data import batches

sizes = st.integers(1, 200).flatmap(lambda rows: st.tuples(st.just(rows), st.integers(1, rows)))


@given(sizes, st.integers(0, 2**32 - 1), st.integers(0, 100))
def test_every_row_weighs_once(size, seed, epoch):
    rows, batch_size = size
    weight = batches.weights(rows, batch_size)
    for index in (batches.shuffled(rows, batch_size, seed, epoch), batches.ordered(rows, batch_size)):
        assert index.shape == weight.shape == (batches.steps_per_epoch(rows, batch_size), batch_size)
        np.testing.assert_array_equal(np.bincount(index.ravel(), weight.ravel(), rows), np.ones(rows))
        fill = index.size - rows
        np.testing.assert_array_equal(index.ravel()[rows:], index.ravel()[:fill])


def test_the_order_depends_on_the_seed_and_the_epoch_only():
    first = batches.shuffled(100, 7, 0, 0)
    np.testing.assert_array_equal(first, batches.shuffled(100, 7, 0, 0))
    assert (first != batches.shuffled(100, 7, 0, 1)).any()
    assert (first != batches.shuffled(100, 7, 1, 0)).any()
