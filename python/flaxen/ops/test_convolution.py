"""`ops.conv` and its gradients against `lax.conv_general_dilated`."""

import jax
import numpy as np
import pytest
from flax import nnx
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from flaxen import ops

LAYOUT = ("NHWC", "HWIO", "NHWC")
pair = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def cases(draw):
    window, strides, dilation = draw(pair), draw(pair), draw(pair)
    reach = [(k - 1) * d + 1 for k, d in zip(window, dilation, strict=True)]
    sizes = [draw(st.integers(least, 9)) for least in reach]
    pads = st.tuples(st.integers(0, 3), st.integers(0, 3))
    padding = draw(st.one_of(st.sampled_from(["SAME", "VALID"]), st.tuples(pads, pads)))
    channels = draw(st.sampled_from([1, 3, 9, 70]))
    return (
        (draw(st.integers(1, 3)), *sizes, channels),
        (*window, channels, draw(st.integers(1, 4))),
        strides,
        padding,
        dilation,
    )


@settings(max_examples=20, deadline=None)
@given(cases())
def test_values_and_gradients_are_those_of_lax(case):
    shape, window, strides, padding, dilation = case
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=shape).astype(np.float32), rng.normal(size=window).astype(np.float32)

    @jax.jit
    def both(x, kernel):
        def one(function):
            out, pull = jax.vjp(
                lambda x, k: function(x, k, strides, padding, rhs_dilation=dilation, dimension_numbers=LAYOUT),
                x,
                kernel,
            )
            weight = np.random.default_rng(1).normal(size=out.shape).astype(np.float32)
            return out, *pull(weight)

        return one(ops.conv), one(lax.conv_general_dilated)

    for ours, theirs in zip(*both(x, kernel), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("options", [{}, {"feature_group_count": 3}, {"strides": 2}, {"kernel_dilation": 2}])
def test_a_layer_computes_the_same_with_it(options):
    x = np.random.default_rng(0).normal(size=(2, 8, 7, 12)).astype(np.float32)
    layers = [
        nnx.Conv(12, 6, (3, 3), rngs=nnx.Rngs(0), **options, **own) for own in ({}, {"conv_general_dilated": ops.conv})
    ]
    stock, ours = (layer(x) for layer in layers)
    np.testing.assert_allclose(ours, stock, rtol=1e-4, atol=1e-4)


def test_lanes_of_kernels_compute_what_each_alone_does():
    rng = np.random.default_rng(0)
    for channels in (1, 16):
        x = rng.normal(size=(2, 3, 6, 6, channels)).astype(np.float32)
        kernel = rng.normal(size=(2, 3, 3, channels, 4)).astype(np.float32)
        gradient = jax.grad(lambda x, k: (ops.conv(x, k, (1, 1), "SAME") ** 2).sum(), (0, 1))
        together = jax.vmap(gradient)(x, kernel)
        for lane in range(2):
            for ours, alone in zip(together, gradient(x[lane], kernel[lane]), strict=True):
                np.testing.assert_allclose(ours[lane], alone, rtol=1e-4, atol=1e-3)
