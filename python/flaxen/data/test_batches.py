"""Every row once an epoch, whatever the batch size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flaxen.data import batches
from flaxen.data.checks import row_shape

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


def input_of(shape, **more):
    return {"role": "input", "shape": shape, "dtype": "int" if more else "float", **more}


@pytest.mark.parametrize(
    ("expects", "numbers", "rows"),
    [
        ({"image": input_of([28, 28, 1]), "digit": {"role": "label", "classes": 10}}, 794, 1000),
        ({"image": input_of([32, 32, 3]), "kind": {"role": "labels", "classes": 10}}, 3082, 1000),
        ({"image": input_of([224, 224, 3]), "size": {"role": "target", "outputs": 2}}, 150530, 27),
        ({"x": input_of([8, 8, 3]), "y": {"role": "label", "classes": 5, "shape": [8, 8]}}, 512, 1000),
        ({"ids": input_of([64], below=65)}, 4160, 1000),
        ({"ids": input_of([1024], below=50257)}, 1024 * 50257, 1),
        (
            {"ids": input_of(["time"], below=3), "tag": {"role": "label", "classes": 9, "shape": ["time"]}},
            16 * 73,
            1000,
        ),
        ({"mask": input_of([100])}, 100, 1000),
        ({"age": input_of([]), "y": {"role": "target", "outputs": 1, "shape": [3, 2]}}, 7, 1000),
    ],
)
def test_few_large_rows_are_evaluated_at_once_and_many_small_ones(expects, numbers, rows):
    def columns(roles):
        shapes = {name: [16 if size == "time" else size for size in row_shape(one)] for name, one in expects.items()}
        return {name: np.zeros((2, *shape)) for name, shape in shapes.items() if expects[name]["role"] in roles}

    for held in (columns(["input"]), columns(["input", "label", "labels", "target"])):
        assert batches.row_numbers(expects, held) == numbers
        assert batches.rows_at_once(1000, expects, held) == rows
        assert batches.rows_at_once(1000, expects, held, least=300) == max(300, rows)
        assert batches.rows_at_once(1000, expects, held, copies=16) == max(1, min(1000, 2**22 // (16 * numbers)))


def test_the_order_depends_on_the_seed_and_the_epoch_only():
    first = batches.shuffled(100, 7, 0, 0)
    np.testing.assert_array_equal(first, batches.shuffled(100, 7, 0, 0))
    assert (first != batches.shuffled(100, 7, 0, 1)).any()
    assert (first != batches.shuffled(100, 7, 1, 0)).any()
