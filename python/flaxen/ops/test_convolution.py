"""`ops.conv` and its gradients against `lax.conv_general_dilated`, `ops.ConvTranspose` against Flax's own."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from flaxen import ops

LAYOUTS = {3: ("NWC", "WIO", "NWC"), 4: ("NHWC", "HWIO", "NHWC"), 5: ("NDHWC", "DHWIO", "NDHWC")}


@st.composite
def cases(draw):
    axes = draw(st.sampled_from([1, 2, 2, 3]))
    each = st.tuples(*[st.integers(1, 3)] * axes)
    window, strides, dilation = draw(each), draw(each), draw(each)
    reach = [(k - 1) * d + 1 for k, d in zip(window, dilation, strict=True)]
    sizes = [draw(st.integers(least, 9 if axes < 3 else 7)) for least in reach]
    pads = st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * axes)
    padding = draw(st.one_of(st.sampled_from(["SAME", "VALID"]), pads))
    groups = draw(st.sampled_from([1, 1, 2, 4]))
    channels, filters = (
        (groups * draw(st.integers(1, 3)), groups * draw(st.integers(1, 2)))
        if groups > 1
        else (draw(st.sampled_from([1, 3, 9, 70])), draw(st.integers(1, 4)))
    )
    x, kernel = (draw(st.integers(1, 3)), *sizes, channels), (*window, channels // groups, filters)
    return x, kernel, strides, padding, dilation, groups


def both_ways(ours, theirs, x, kernel):
    """Values and gradients of each."""

    @jax.jit
    def run(x, kernel):
        def one(function):
            out, pull = jax.vjp(function, x, kernel)
            weight = np.random.default_rng(1).normal(size=out.shape).astype(np.float32)
            return out, *pull(weight)

        return one(ours), one(theirs)

    return zip(*run(x, kernel), strict=True)


@settings(max_examples=25, deadline=None)
@given(cases())
def test_values_and_gradients_are_those_of_lax(case):
    shape, window, strides, padding, dilation, groups = case
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=shape).astype(np.float32), rng.normal(size=window).astype(np.float32)
    options = {
        "rhs_dilation": dilation,
        "dimension_numbers": LAYOUTS[len(shape)],
        "feature_group_count": groups,
    }
    ours, theirs = (
        lambda x, k, conv=conv: conv(x, k, strides, padding, **options) for conv in (ops.conv, lax.conv_general_dilated)
    )
    for here, there in both_ways(ours, theirs, x, kernel):
        np.testing.assert_allclose(here, there, rtol=1e-4, atol=1e-4)


@settings(max_examples=8, deadline=None)
@given(
    st.integers(1, 3).flatmap(lambda axes: st.tuples(*[st.tuples(*[st.integers(1, 5 - axes)] * axes)] * 4)),
    st.booleans(),
)
def test_a_transposed_layer_computes_what_flax_does(case, valid):
    sizes, window, strides, dilation = case
    x = np.random.default_rng(0).normal(size=(2, *sizes, 3)).astype(np.float32)
    stock, own = (
        kind(3, 2, window, strides, padding="VALID" if valid else "SAME", kernel_dilation=dilation, rngs=nnx.Rngs(0))
        for kind in (nnx.ConvTranspose, ops.ConvTranspose)
    )
    (graph, params), (own_graph, _) = nnx.split(stock), nnx.split(own)
    ours, theirs = (lambda x, p, graph=one: nnx.merge(graph, p)(x) for one in (own_graph, graph))
    for here, there in both_ways(ours, theirs, x, params):
        jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-4), here, there)


@pytest.mark.parametrize("options", [{}, {"feature_group_count": 3}, {"strides": 2}, {"kernel_dilation": 2}])
def test_a_layer_has_the_weights_of_flax_and_computes_the_same(options):
    x = np.random.default_rng(0).normal(size=(2, 8, 7, 12)).astype(np.float32)
    layers = [kind(12, 6, (3, 3), rngs=nnx.Rngs(0), **options) for kind in (nnx.Conv, ops.Conv)]
    stock, ours = (nnx.to_pure_dict(nnx.state(layer)) for layer in layers)
    assert stock.keys() == ours.keys() == {"kernel", "bias"}
    jax.tree.map(np.testing.assert_array_equal, ours, stock)
    stock, ours = (layer(x) for layer in layers)
    np.testing.assert_allclose(ours, stock, rtol=1e-4, atol=1e-4)


def test_a_layer_takes_its_strides_as_one_number_or_in_their_place():
    x = np.random.default_rng(0).normal(size=(2, 9, 7, 3)).astype(np.float32)
    for kind in (ops.Conv, ops.ConvTranspose):
        layers = (
            kind(3, 2, (3, 3), rngs=nnx.Rngs(0), strides=2),
            kind(3, 2, (3, 3), 2, rngs=nnx.Rngs(0)),
            kind(3, 2, (3, 3), (2, 2), rngs=nnx.Rngs(0)),
        )
        first, *others = (layer(x) for layer in layers)
        for other in others:
            np.testing.assert_array_equal(first, other)


@pytest.mark.parametrize(("own", "stock"), [(ops.Conv, nnx.Conv), (ops.ConvTranspose, nnx.ConvTranspose)])
def test_half_precision_goes_the_way_of_flax(own, stock):
    x = jnp.asarray(np.random.default_rng(0).normal(size=(2, 6, 6, 4)), jnp.bfloat16)
    ours, theirs = (kind(4, 3, (3, 3), strides=2, dtype=jnp.bfloat16, rngs=nnx.Rngs(0))(x) for kind in (own, stock))
    assert ours.dtype == jnp.bfloat16
    np.testing.assert_array_equal(ours, theirs)


def test_a_causal_layer_sees_nothing_later():
    layer = ops.Conv(4, 6, (3,), padding="CAUSAL", kernel_dilation=2, rngs=nnx.Rngs(0))
    x = np.random.default_rng(0).normal(size=(1, 12, 4)).astype(np.float32)
    changed = x.copy()
    changed[:, 7:] += 1
    before, after = layer(x), layer(changed)
    np.testing.assert_allclose(before[:, :7], after[:, :7], atol=1e-6)
    assert abs(before[:, 7] - after[:, 7]).max() > 1e-3


def test_lanes_of_kernels_compute_what_each_alone_does():
    rng = np.random.default_rng(0)
    for channels, groups in ((1, 1), (16, 1), (16, 4), (4, 4)):
        x = rng.normal(size=(2, 3, 6, 6, channels)).astype(np.float32)
        kernel = rng.normal(size=(2, 3, 3, channels // groups, 4)).astype(np.float32)
        gradient = jax.grad(
            lambda x, k, groups=groups: (ops.conv(x, k, (1, 1), "SAME", feature_group_count=groups) ** 2).sum(), (0, 1)
        )
        together = jax.vmap(gradient)(x, kernel)
        for lane in range(2):
            for ours, alone in zip(together, gradient(x[lane], kernel[lane]), strict=True):
                np.testing.assert_allclose(ours[lane], alone, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize(
    ("shape", "window", "groups"),
    [
        ((32, 64, 32), (5, 32, 32), 1),
        ((4, 8, 8, 8, 16), (3, 3, 3, 16, 16), 1),
        ((16, 14, 14, 64), (3, 3, 1, 64), 64),
        ((16, 14, 14, 64), (3, 3, 16, 64), 4),
    ],
)
def test_training_in_a_loop_stays_in_the_form_that_xla_is_fast_at(shape, window, groups):
    axes = len(shape) - 2
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=shape).astype(np.float32), rng.normal(size=window).astype(np.float32)

    def trained(conv):
        def loss(x, k):
            layout = {"dimension_numbers": LAYOUTS[len(shape)], "feature_group_count": groups}
            return (conv(x, k, (1,) * axes, "SAME", **layout) ** 2).mean()

        def step(_, carry):
            return jax.tree.map(lambda value, slope: value - 1e-3 * slope, carry, jax.grad(loss, (0, 1))(*carry))

        loop = jax.jit(lambda x, kernel: lax.fori_loop(0, 2, step, (x, kernel)))
        return loop(x, kernel), [one for one in convolutions(loop.trace(x, kernel).jaxpr) if not is_canonical(one)]

    (ours, our_slow), (stock, their_slow) = trained(ops.conv), trained(lax.conv_general_dilated)
    for here, there in zip(ours, stock, strict=True):
        np.testing.assert_allclose(here, there, rtol=1e-4, atol=1e-4)
    assert not our_slow and their_slow


def convolutions(jaxpr):
    """Every convolution in it, and in what it calls."""
    for equation in jaxpr.eqns:
        if equation.primitive.name == "conv_general_dilated":
            yield equation.params
        for inner in jax.tree.leaves(equation.params, is_leaf=lambda one: hasattr(one, "jaxpr")):
            if hasattr(inner, "jaxpr"):
                yield from convolutions(inner.jaxpr)
            elif hasattr(inner, "eqns"):
                yield from convolutions(inner)


def is_canonical(convolution):
    """Images [batch, height, width, channels] in one group with their rows side by side."""
    layout = convolution["dimension_numbers"]
    axes = len(layout.lhs_spec)
    images, kernels = (0, axes - 1, *range(1, axes - 1)), (axes - 1, axes - 2, *range(axes - 2))
    canonical = (layout.lhs_spec, layout.rhs_spec, layout.out_spec) == (images, kernels, images)
    groups = convolution["feature_group_count"] * convolution["batch_group_count"]
    return canonical and groups == 1 and set(convolution["lhs_dilation"]) == {1}
