"""Activations against their formulas."""

import math

import jax
import numpy as np

from flaxen import ops


def test_one_slope_or_one_for_each_channel():
    x = np.array([[-2.0, 3.0], [4.0, -8.0]], np.float32)
    one, each = ops.PReLU(), ops.PReLU(2, initial=0.5)
    assert one.slope.shape == ()
    each.slope[...] = each.slope[...].at[0].set(0.1)
    np.testing.assert_allclose(one(x), [[-0.5, 3], [4, -2]])
    np.testing.assert_allclose(each(x), [[-0.2, 3], [4, -4]], rtol=1e-6)


def test_the_second_half_is_the_gate():
    x = np.array([[2.0, -3.0, 1.0, 0.5]], np.float32)
    np.testing.assert_allclose(ops.swiglu(x), x[:, :2] * jax.nn.silu(x[:, 2:]), rtol=1e-6)
    np.testing.assert_allclose(ops.geglu(x), x[:, :2] * jax.nn.gelu(x[:, 2:], approximate=False), rtol=1e-6)


def test_gelu_is_exact_in_value_and_gradient():
    x = np.linspace(-12, 12, 1001, dtype=np.float32)
    below = np.array([0.5 * (1 + math.erf(value / math.sqrt(2))) for value in x.astype(float)])
    density = np.exp(-0.5 * x.astype(float) ** 2) / math.sqrt(2 * math.pi)
    np.testing.assert_allclose(ops.gelu(x), x * below, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(jax.vmap(jax.grad(ops.gelu))(x), below + x * density, rtol=1e-6, atol=1e-6)
