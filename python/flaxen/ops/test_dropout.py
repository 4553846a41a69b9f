"""Dropout by a rate that is an argument."""

import jax
import numpy as np
import pytest
from flax import nnx

from flaxen import ops


@pytest.mark.parametrize("rate", [0.0, 0.3, 0.9])
def test_a_share_is_dropped_and_the_rest_scaled(rate):
    x = np.ones((200, 200), np.float32)
    y = np.asarray(jax.jit(lambda rate: ops.Dropout(nnx.Rngs(0))(x, rate, train=True))(np.float32(rate)))
    kept = y != 0
    np.testing.assert_allclose(kept.mean(), 1 - rate, atol=0.01)
    np.testing.assert_allclose(y[kept], 1 / (1 - rate), rtol=1e-6)


def test_every_call_and_every_layer_drops_others_and_none_when_not_training():
    rngs = nnx.Rngs(0)
    first, second = ops.Dropout(rngs), ops.Dropout(rngs)
    x = np.ones(1000, np.float32)
    masks = [np.asarray(layer(x, 0.5, train=True)) for layer in (first, first, second)]
    assert len({mask.tobytes() for mask in masks}) == 3
    np.testing.assert_array_equal(first(x, 0.5, train=False), x)


def test_drop_path_drops_whole_examples():
    x = np.ones((4000, 3, 5), np.float32)
    y = np.asarray(ops.DropPath(nnx.Rngs(0))(x, np.float32(0.25), train=True))
    kept = y[:, 0, 0] != 0
    np.testing.assert_array_equal(y, np.where(kept, np.float32(1 / 0.75), np.float32(0))[:, None, None] * x)
    np.testing.assert_allclose(kept.mean(), 0.75, atol=0.03)


def test_spatial_dropout_drops_whole_channels_of_an_example():
    x = np.ones((50, 4, 3, 80), np.float32)
    y = np.asarray(ops.SpatialDropout(nnx.Rngs(0))(x, np.float32(0.25), train=True))
    kept = y[:, 0, 0, :] != 0
    np.testing.assert_array_equal(y != 0, np.broadcast_to(kept[:, None, None, :], x.shape))
    np.testing.assert_allclose(kept.mean(), 0.75, atol=0.03)
    assert len({row.tobytes() for row in kept}) == 50
