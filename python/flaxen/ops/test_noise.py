"""Noise by a size that is an argument."""

import jax
import numpy as np
import pytest
from flax import nnx

from flaxen import ops

x = np.full((300, 300), 2, np.float32)


@pytest.mark.parametrize("stddev", [0.0, 0.5, 3.0])
def test_noise_is_added(stddev):
    y = np.asarray(jax.jit(lambda stddev: ops.GaussianNoise(nnx.Rngs(0))(x, stddev, train=True))(np.float32(stddev)))
    np.testing.assert_allclose(y.mean(), 2, atol=0.05)
    np.testing.assert_allclose(y.std(), stddev, rtol=0.02)


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5])
def test_noise_is_multiplied(rate):
    y = np.asarray(jax.jit(lambda rate: ops.GaussianDropout(nnx.Rngs(0))(x, rate, train=True))(np.float32(rate)))
    np.testing.assert_allclose(y.mean(), 2, atol=0.05)
    np.testing.assert_allclose(y.std(), 2 * np.sqrt(rate / (1 - rate)), rtol=0.02)


@pytest.mark.parametrize("layer", [ops.GaussianNoise, ops.GaussianDropout, ops.DropPath, ops.SpatialDropout])
def test_none_when_not_training_and_another_in_every_call(layer):
    noise = layer(nnx.Rngs(0))
    np.testing.assert_array_equal(noise(x, 0.5, train=False), x)
    assert (np.asarray(noise(x, 0.5, train=True)) != np.asarray(noise(x, 0.5, train=True))).any()
