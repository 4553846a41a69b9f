"""Positions that are added to a sequence."""

import jax
import numpy as np
import pytest
from flax import nnx

from flaxen import ops


def test_waves_are_those_of_the_paper():
    waves = np.asarray(ops.add_sinusoidal_positions(np.zeros((2, 300, 6), np.float32)))
    for place, feature in ((0, 0), (0, 1), (7, 2), (299, 3), (299, 4)):
        angle = place / 10_000 ** ((feature - feature % 2) / 6)
        expected = np.cos(angle) if feature % 2 else np.sin(angle)
        np.testing.assert_allclose(waves[:, place, feature], expected, atol=1e-6)


def test_a_shorter_sequence_takes_the_first_vectors_and_a_longer_one_is_refused():
    layer = ops.LearnedPositions(5, 4, rngs=nnx.Rngs(0))
    table = np.asarray(layer.embedding[...])
    assert 0.01 < table.std() < 0.03
    x = np.ones((2, 3, 4), np.float32)
    np.testing.assert_allclose(jax.jit(layer)(x), x + table[:3], rtol=1e-6)
    with pytest.raises(ValueError, match="a sequence of 6 steps is longer than the 5 positions that are learned"):
        jax.eval_shape(layer, np.ones((2, 6, 4), np.float32))
