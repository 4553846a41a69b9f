"""Layer and RMS normalisation against their formulas in float64, and what Flax's own layers give."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx

from flaxen import ops
from flaxen.ops.normalisation import standardised

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


@pytest.mark.parametrize("centred", [True, False])
@pytest.mark.parametrize("kind", ["mean 0", "mean 1000", "features that are alike"])
def test_gradients_are_those_of_the_formula(kind, centred):
    x, weight = drawn((16, 32), mean=1000.0 if kind == "mean 1000" else 0.0)
    if kind == "features that are alike":
        x[:] = 7
    found = jax.grad(lambda x: (standardised(x, 1e-5, centred) * weight).sum())(x)
    exact, each = x.astype(np.float64), np.eye(32)
    if centred:
        each = each - 1 / 32
    moved = exact @ each
    rate = 1 / np.sqrt((moved**2).mean(-1) + 1e-5)
    # d y_i / d x_j = rate * (each_ij - y_i * (y @ each)_j / features), with y as it leaves the layer.
    y = moved * rate[:, None]
    jacobian = rate[:, None, None] * (each - y[:, :, None] * (y @ each)[:, None] / 32)
    expected = np.einsum("bi,bij->bj", weight, jacobian)
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=2e-4 * np.abs(expected).max())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [np.float16, jnp.bfloat16])
def test_half_precision_goes_the_way_of_flax(kind, dtype):
    made, theirs, options = KINDS[kind]
    x = (drawn((4, 8))[0] * 100).astype(dtype)
    ours = made(8, epsilon=1e-5, rngs=nnx.Rngs(0))(x)
    np.testing.assert_array_equal(ours, theirs(8, epsilon=1e-5, rngs=nnx.Rngs(0), **options)(x))
    assert np.abs(np.asarray(ours, np.float32)).max() > 1
