import jax.numpy as jnp
import pytest

from flaxen.run import per_row


def test_numbers_of_rows_and_of_positions_pass_as_they_are():
    row, position = jnp.zeros(4), jnp.zeros((4, 3))
    assert per_row(row, row, "mine") is row
    assert per_row(position, position, "mine") is position
    pair = (row, row > 0)
    assert per_row(pair, row, "mine", count=2) is pair


@pytest.mark.parametrize(
    ("value", "count", "sentence"),
    [
        (jnp.zeros((4, 1)), None, r"mine gave \[4, 1\], but it must give one number for each row of a batch: \[4\]"),
        (1.0, None, r"mine gave \[\], but"),
        (jnp.zeros(4), 2, "mine gave one value, but it must give 2: one for each of its sums"),
        ((jnp.zeros(4),), 2, "mine gave 1 of them, but"),
        ((jnp.zeros(4), jnp.zeros(())), 2, r"mine gave \[\], but"),
    ],
)
def test_anything_else_is_refused(value, count, sentence):
    with pytest.raises(ValueError, match=sentence):
        per_row(value, jnp.ones(4), "mine", count=count)
