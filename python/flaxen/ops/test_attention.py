"""`ops.Attention` against `jax.nn.dot_product_attention`, what padding may not do, and rotary positions."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx

from flaxen import ops
from flaxen.ops.attention import attend, rotated


def drawn(*shapes):
    rng = np.random.default_rng(0)
    return [rng.normal(size=shape).astype(np.float32) for shape in shapes]


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize("causal", [False, True])
def test_values_and_gradients_are_those_of_jax(groups, causal):
    query, key, value, weight = drawn((2, 6, 5, 4), (2, 6 // groups, 5, 4), (2, 6 // groups, 5, 4), (2, 6, 5, 4))
    mask = np.array([[1, 1, 1, 0, 1], [1, 0, 1, 1, 0]], bool)
    allowed = mask[:, None, None] & np.tri(5, dtype=bool) if causal else mask[:, None, None]

    def jaxs(*operands):
        swapped = (jnp.swapaxes(operand, 1, 2) for operand in operands)
        mask = jnp.broadcast_to(allowed, (2, 6, 5, 5))
        return jnp.swapaxes(jax.nn.dot_product_attention(*swapped, mask=mask), 1, 2)

    def both(function):
        out, pull = jax.vjp(function, query, key, value)
        return out, *pull(weight)

    with jax.default_matmul_precision("highest"):
        ours, theirs = both(lambda *operands: attend(*operands, allowed)), both(jaxs)
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_a_row_that_is_all_padding_gives_the_bias_and_no_nan_in_a_gradient():
    x, bias = drawn((2, 5, 8), (8,))
    layer = ops.Attention(8, 2, causal=True, rope=10_000.0, rngs=nnx.Rngs(0))
    layer.out.bias[...] = jnp.asarray(bias)
    mask = np.array([[1, 1, 1, 1, 0], [0, 0, 0, 0, 0]], np.int32)
    graph, params = nnx.split(layer)

    @jax.jit
    def value_and_gradients(params, x):
        return jax.value_and_grad(lambda *operands: (forward(*operands) ** 2).sum(), (0, 1))(params, x)

    def forward(params, x):
        return nnx.merge(graph, params)(x, mask=mask)

    np.testing.assert_allclose(forward(params, x)[1], np.broadcast_to(bias, (5, 8)), atol=1e-6)
    value, gradients = value_and_gradients(params, x)
    assert all(bool(jnp.isfinite(leaf).all()) for leaf in jax.tree.leaves((value, gradients)))
    np.testing.assert_array_equal(gradients[1][1], 0)


def test_padding_is_seen_by_nobody():
    x, other = drawn((2, 5, 8), (2, 2, 8))
    layer = ops.Attention(8, 4, key_value_heads=2, rngs=nnx.Rngs(0))
    mask = np.array([[1, 1, 1, 0, 0]] * 2, np.int32)
    changed = np.concatenate([x[:, :3], 1e4 * other], 1)
    np.testing.assert_allclose(layer(x, mask=mask)[:, :3], layer(x[:, :3]), atol=1e-6)
    np.testing.assert_allclose(layer(changed, mask=mask)[:, :3], layer(x[:, :3]), atol=1e-6)


def test_rotary_scores_depend_on_the_distance_only():
    query, key = (np.broadcast_to(vector, (50, 8)) for vector in drawn((8,), (8,)))
    scores = np.asarray(rotated(query, 10_000.0) @ rotated(key, 10_000.0).T)
    for distance in (0, 3, 20):
        diagonal = np.diagonal(scores, distance)
        np.testing.assert_allclose(diagonal, np.full_like(diagonal, diagonal[0]), atol=1e-5)
    np.testing.assert_allclose(scores[0, 0], query[0] @ key[0], rtol=1e-5)
    assert np.ptp(scores[0]) > 0.1


def test_dropout_is_for_training_and_its_rate_may_be_traced():
    (x,) = drawn((2, 5, 8))
    layer = ops.Attention(8, 2, dropout=True, rngs=nnx.Rngs(0))
    plain = layer(x, dropout=0.5)
    np.testing.assert_array_equal(plain, layer(x, dropout=0.5, train=False))
    graph, state = nnx.split(layer)
    trained = jax.jit(lambda rate: nnx.merge(graph, state, copy=True)(x, dropout=rate, train=True))
    np.testing.assert_allclose(trained(0.0), plain, atol=1e-6)
    assert abs(trained(0.5) - plain).max() > 1e-3
