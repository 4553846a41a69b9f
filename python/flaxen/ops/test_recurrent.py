"""Recurrent layers against one step after another in NumPy's float64, and their gradients."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx

from flaxen import ops

LAYERS = [ops.SimpleRNN, ops.LSTM, ops.GRU]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def step(kind, weights, x, state):
    """x: [features]; state: a list of [units]; returns the new state."""
    width = x @ weights["kernel"] + weights["bias"]
    own = state[0] @ weights["recurrent_kernel"] + weights.get("recurrent_bias", 0)
    if kind is ops.SimpleRNN:
        return [np.tanh(width + own)]
    if kind is ops.LSTM:
        i, f, g, o = np.split(width + own, 4)
        memory = sigmoid(f) * state[1] + sigmoid(i) * np.tanh(g)
        return [sigmoid(o) * np.tanh(memory), memory]
    (r, z, n), (own_r, own_z, own_n) = np.split(width, 3), np.split(own, 3)
    z = sigmoid(z + own_z)
    return [(1 - z) * np.tanh(n + sigmoid(r + own_r) * own_n) + z * state[0]]


def arrays(layer, dtype=np.float64):
    return {name: np.asarray(value, dtype) for name, value in nnx.to_pure_dict(nnx.state(layer, nnx.Param)).items()}


def all_states(kind, weights, x, mask, units, reverse=False):
    """[batch, time, units], row by row."""
    out = np.zeros((*x.shape[:2], units))
    for row in range(len(x)):
        state = [np.zeros(units), np.zeros(units)]
        for place in reversed(range(x.shape[1])) if reverse else range(x.shape[1]):
            if mask[row, place]:
                state = step(kind, weights, x[row, place].astype(float), state)
            out[row, place] = state[0]
    return out


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("reverse", [False, True])
def test_100_steps_are_those_of_float64(kind, reverse):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(3, 100, 4)).astype(np.float32)
    mask = rng.integers(0, 3, (3, 100)).astype(np.int32)
    mask[0], mask[1] = 1, 0
    layer = kind(4, 5, return_sequences=True, reverse=reverse, rngs=nnx.Rngs(0))
    for weight in jax.tree.leaves(nnx.state(layer, nnx.Param), is_leaf=lambda leaf: isinstance(leaf, nnx.Param)):
        weight[...] = weight[...] + rng.normal(0, 0.3, weight.shape).astype(np.float32)
    expected = all_states(kind, arrays(layer), x, mask, 5, reverse)
    np.testing.assert_allclose(layer(x, mask), expected, atol=1e-4)
    np.testing.assert_allclose(layer(x), layer(x, np.ones_like(mask)), atol=1e-5)
    layer.return_sequences = False
    np.testing.assert_allclose(layer(x, mask), expected[:, 0 if reverse else -1], atol=1e-4)


@pytest.mark.parametrize("kind", LAYERS)
def test_padding_changes_neither_the_last_state_nor_a_gradient(kind):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, 9, 3)).astype(np.float32)
    mask = np.array([[1] * 5 + [0] * 4] * 2, np.int32)
    layer = ops.Bidirectional(*(kind(3, 4, reverse=reverse, rngs=nnx.Rngs(0)) for reverse in (False, True)))
    graph, params = nnx.split(layer)

    @jax.jit
    @jax.value_and_grad
    def short(params):
        return (nnx.merge(graph, params)(x[:, :5]) ** 2).sum()

    @jax.jit
    @jax.value_and_grad
    def padded(params):
        return (nnx.merge(graph, params)(jnp.where(mask[..., None], x, 1e4), mask) ** 2).sum()

    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, atol=1e-6), padded(params), short(params))


def test_weights_start_as_keras_has_them():
    lstm, gru = ops.LSTM(6, 4, rngs=nnx.Rngs(0)), ops.GRU(6, 4, rngs=nnx.Rngs(0))
    np.testing.assert_array_equal(lstm.bias[...], np.repeat([0, 1, 0, 0], 4))
    np.testing.assert_array_equal(gru.recurrent_bias[...], np.zeros(12))
    for layer, gates in ((lstm, 4), (gru, 3)):
        weights = arrays(layer)
        assert weights["kernel"].shape == (6, gates * 4)
        own = weights["recurrent_kernel"]
        np.testing.assert_allclose(own @ own.T, np.eye(4), atol=1e-6)
        assert abs(weights["kernel"]).max() <= np.sqrt(6 / (6 + gates * 4))


def test_lanes_of_weights_compute_what_each_alone_does():
    x = np.random.default_rng(0).normal(size=(2, 5, 3)).astype(np.float32)
    graph = nnx.graphdef(ops.LSTM(3, 4, rngs=nnx.Rngs(0)))

    @jax.vmap
    def init(key):
        return nnx.to_pure_dict(nnx.state(ops.LSTM(3, 4, rngs=nnx.Rngs(key)), nnx.Param))

    params = init(jax.random.split(jax.random.key(0), 2))
    gradient = jax.grad(lambda params: (nnx.merge(graph, params)(x) ** 2).sum())
    together = jax.vmap(gradient)(params)
    alone = [gradient(jax.tree.map(lambda leaf, lane=lane: leaf[lane], params)) for lane in range(2)]
    jax.tree.map(lambda a, *b: np.testing.assert_allclose(a, np.stack(b), atol=1e-5), together, *alone)
