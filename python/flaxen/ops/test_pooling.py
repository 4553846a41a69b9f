"""`ops.max_pool` against `lax.reduce_window`, gradients included."""

import jax
import numpy as np
from flax import nnx
from hypothesis import given, settings
from hypothesis import strategies as st

from flaxen import ops

pair = st.one_of(st.integers(1, 3), st.tuples(st.integers(1, 3), st.integers(1, 3)))


@settings(max_examples=15, deadline=None)
@given(pair, st.one_of(st.none(), pair), st.sampled_from(["SAME", "VALID"]), st.integers(3, 9), st.integers(3, 9))
def test_values_and_gradients_are_those_of_reduce_window(window, stride, padding, height, width):
    # Unequal values: at a tie the gradient's share is a matter of taste.
    x = np.random.default_rng(0).permutation(2 * height * width * 3).reshape(2, height, width, 3).astype(np.float32)
    both = lambda v: (v, v) if isinstance(v, int) else v  # noqa: E731
    strides = both(window if stride is None else stride)

    def ours(x):
        return ops.max_pool(x, window, stride, padding)

    def theirs(x):
        return nnx.max_pool(x, both(window), strides, padding)

    @jax.jit
    def value_and_gradient(x):
        values, pulls = zip(*(jax.vjp(f, x) for f in (ours, theirs)), strict=True)
        weight = np.random.default_rng(1).normal(size=values[0].shape).astype(np.float32)
        return values, [pull(weight)[0] for pull in pulls]

    values, gradients = value_and_gradient(x)
    np.testing.assert_array_equal(*values)
    np.testing.assert_allclose(*gradients, atol=1e-5)


def test_negative_values_are_not_lost_to_the_padding():
    x = -np.ones((1, 3, 3, 1), np.float32)
    np.testing.assert_array_equal(ops.max_pool(x, 2, padding="SAME"), -np.ones((1, 2, 2, 1)))
    np.testing.assert_array_equal(ops.max_pool(x.astype(np.int32), 2, padding="SAME"), -np.ones((1, 2, 2, 1)))
