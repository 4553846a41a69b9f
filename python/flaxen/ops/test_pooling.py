"""`ops.max_pool` and its relatives against `lax.reduce_window`, gradients included."""

import jax
import numpy as np
import pytest
from flax import nnx
from hypothesis import given, settings
from hypothesis import strategies as st

from flaxen import ops

RELATIVES = {
    "max": (ops.max_pool, nnx.max_pool, {}),
    "min": (ops.min_pool, nnx.min_pool, {}),
    "avg": (ops.avg_pool, nnx.avg_pool, {"count_include_pad": False}),
}


@st.composite
def cases(draw):
    axes = draw(st.integers(1, 3))
    sizes = draw(st.tuples(*[st.integers(3, 8 if axes < 3 else 5)] * axes))
    size = st.one_of(st.integers(1, 3), st.tuples(*[st.integers(1, 3)] * axes))
    return sizes, draw(size), draw(st.one_of(st.none(), size)), draw(st.sampled_from(["SAME", "VALID"]))


@pytest.mark.parametrize("kind", RELATIVES)
@settings(max_examples=12, deadline=None)
@given(cases())
def test_values_and_gradients_are_those_of_reduce_window(kind, case):
    sizes, window, stride, padding = case
    own, stock, options = RELATIVES[kind]
    # Unequal values: at a tie the gradient's share is a matter of taste.
    x = np.random.default_rng(0).permutation(int(np.prod(sizes)) * 6).reshape(2, *sizes, 3).astype(np.float32)
    each = lambda v: (v,) * len(sizes) if isinstance(v, int) else v  # noqa: E731
    strides = each(window if stride is None else stride)

    def ours(x):
        return own(x, window, stride, padding)

    def theirs(x):
        return stock(x, each(window), strides, padding, **options)

    @jax.jit
    def value_and_gradient(x):
        values, pulls = zip(*(jax.vjp(f, x) for f in (ours, theirs)), strict=True)
        weight = np.random.default_rng(1).normal(size=values[0].shape).astype(np.float32)
        return values, [pull(weight)[0] for pull in pulls]

    values, gradients = value_and_gradient(x)
    np.testing.assert_allclose(*values, rtol=1e-6)
    np.testing.assert_allclose(*gradients, atol=1e-5)


@pytest.mark.parametrize(("pool", "sign"), [(ops.max_pool, -1), (ops.min_pool, 1), (ops.avg_pool, 1)])
def test_the_padding_is_no_value(pool, sign):
    x = sign * np.ones((1, 3, 3, 1), np.float32)
    np.testing.assert_array_equal(pool(x, 2, padding="SAME"), sign * np.ones((1, 2, 2, 1)))


def test_whole_numbers_are_pooled_too():
    x = np.ones((1, 3, 3, 1), np.int32)
    np.testing.assert_array_equal(ops.max_pool(-x, 2, padding="SAME"), -np.ones((1, 2, 2, 1)))
    np.testing.assert_array_equal(ops.min_pool(x, 2, padding="SAME"), np.ones((1, 2, 2, 1)))


@pytest.mark.parametrize("pool", [ops.max_pool, ops.min_pool])
def test_the_first_of_equal_values_has_a_windows_gradient(pool):
    found = jax.grad(lambda x: pool(x, 2).sum())(np.ones((1, 4, 5, 1), np.float32))
    np.testing.assert_array_equal(found[0, ..., 0], [[1, 0, 1, 0, 0], [0] * 5] * 2)
