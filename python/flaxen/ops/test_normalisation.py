"""Layer and RMS normalisation against their formulas in float64, and what Flax's own layers give."""

import jax
import numpy as np
import pytest
from flax import nnx

from flaxen import ops

KINDS = {
    "layer": (ops.LayerNorm, nnx.LayerNorm, {"use_fast_variance": False}),
    "rms": (ops.RMSNorm, nnx.RMSNorm, {"use_fast_variance": False}),
}


def drawn(shape, mean=0.0):
    rng = np.random.default_rng(0)
    return (mean + rng.normal(size=shape) * 3).astype(np.float32), rng.normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(5, 8), (3, 4, 8), (2, 3, 4, 8)])
def test_values_and_gradients_are_those_of_flax(kind, shape):
    made, theirs, options = KINDS[kind]
    x, weight = drawn(shape)

    def both(module, **options):
        layer = module(8, epsilon=1e-5, rngs=nnx.Rngs(0), **options)
        layer.scale[...] = layer.scale[...] * np.linspace(0.5, 2, 8, dtype=np.float32)
        graph, params = nnx.split(layer)
        out, pull = jax.vjp(lambda params, x: nnx.merge(graph, params)(x), params, x)
        return out, pull(weight)

    ours, others = both(made), both(theirs, **options)
    assert jax.tree.structure(ours) == jax.tree.structure(others)
    for one, other in zip(jax.tree.leaves(ours), jax.tree.leaves(others), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_a_mean_of_a_thousand_takes_nothing_from_the_value():
    x, _ = drawn((16, 32), mean=1000.0)
    exact = x.astype(np.float64)
    exact -= exact.mean(-1, keepdims=True)
    exact /= np.sqrt((exact**2).mean(-1, keepdims=True) + 1e-5)
    layer = ops.LayerNorm(32, epsilon=1e-5, use_bias=False, use_scale=False, rngs=nnx.Rngs(0))
    np.testing.assert_allclose(layer(x), exact, atol=2e-4)


def test_features_that_are_alike_have_finite_gradients():
    layer = ops.LayerNorm(4, epsilon=1e-5, rngs=nnx.Rngs(0))
    gradient = jax.grad(lambda x: (layer(x) ** 2).sum())(np.full((2, 4), 7, np.float32))
    assert np.isfinite(gradient).all()
