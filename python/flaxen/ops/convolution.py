"""Convolution whose gradients are fast on a CPU too, also inside a loop on the device.

XLA's own gradients of a convolution leave its canonical form, and on a CPU they then run 20 to 130 times slower in a
loop (jax-ml/jax#12868). Here the input's gradient is written as a canonical convolution, the kernel's as that or as a
matrix product of patches, whichever is faster for the shape.

Milliseconds of a step of an MNIST CNN (convolutions of 32 and 64 filters, dense 128, batch 128) on two busy cores:

| | products with their own gradients | canonical convolutions | as here | stock |
|---|---|---|---|---|
| JAX 0.10.2 | 104 | 84 | 84 | 1342 |
| JAX 0.12.0 | 83 | 74 | 61 | 1303 |

With both cores free: 50, 59 (canonical in the second layer only), 48 on the older; 43, 33 as here on the newer.

Other convolutions, milliseconds of a step in a loop on JAX 0.10.2 (here / stock): over time, [64, 128, 32], kernel 5,
64 filters: 18 / 653; over volumes, [8, 8, 8, 8, 16], kernel 3, 32 filters: 10 / 235; depthwise, [32, 14, 14, 96],
kernel 3, stride 2: 3 / 141; 4 groups of 64 channels, [32, 14, 14, 64], kernel 3: 14 / 248.
"""

import functools
import math
from collections.abc import Sequence

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax

from flaxen.ops.convolution_forms import depthwise, grouped, patches, product

LAYOUT = ("NHWC", "HWIO", "NHWC")
SMALL_PATCH = 64  # numbers in a patch, up to which matrix products beat convolutions in every direction
# Before JAX 0.11 the kernel's gradient as a convolution uses one core where there are few input channels.
FEW_CHANNELS = 64 if jax.__version_info__ < (0, 11) else 0


class Conv(nnx.Conv):
    """`nnx.Conv` computed by `conv`: the same arguments, weights and values, with gradients that are fast on a CPU.

    [batch, ..., in_features] -> [batch, ..., out_features], with one, two or three axes between.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        kernel_size: Sequence[int],
        strides: int | Sequence[int] = 1,
        **options,
    ):
        super().__init__(in_features, out_features, kernel_size, strides, conv_general_dilated=conv, **options)


def conv(x, kernel, window_strides, padding, *, lhs_dilation=None, rhs_dilation=None, feature_group_count=1, **options):
    """Drop-in for `lax.conv_general_dilated`, as `Conv` calls it: by the form that is fastest for the shapes.

    x: [batch, ..., channels] with one, two or three axes between; kernel: [..., channels / groups, filters]. What a
    CPU gains nothing from (GPUs, other types) goes to `lax` as it is.
    """
    axes = x.ndim - 2
    strides, dilation = tuple(window_strides), tuple(rhs_dilation or (1,) * axes)
    own = jax.default_backend() == "cpu" and 1 <= axes <= 3 and x.dtype == kernel.dtype == jnp.float32
    if not own or any(step != 1 for step in lhs_dilation or ()):
        return lax.conv_general_dilated(
            x,
            kernel,
            strides,
            padding,
            lhs_dilation=lhs_dilation,
            rhs_dilation=dilation,
            feature_group_count=feature_group_count,
            **options,
        )
    if isinstance(padding, str):
        reach = [(size - 1) * step + 1 for size, step in zip(kernel.shape[:-2], dilation, strict=True)]
        padding = lax.padtype_to_pads(x.shape[1:-1], reach, strides, padding)
    geometry = (strides, tuple((int(low), int(high)) for low, high in padding), dilation)
    if feature_group_count == 1:
        return _convolve(x, kernel, geometry)
    if kernel.shape[-2] == 1:
        return depthwise(x, kernel, geometry)
    return grouped(lambda x, kernel: _convolve(x, kernel, geometry), x, kernel, feature_group_count)


def _convolve(x, kernel, geometry):
    """By the best form for the number of axes and the size of a patch."""
    if x.ndim == 3:
        strides, pads, dilation = geometry
        image = _convolve(x[:, None], kernel[None], ((1, *strides), ((0, 0), *pads), (1, *dilation)))
        return image[:, 0]
    if x.ndim == 5 or math.prod(kernel.shape[:-1]) <= SMALL_PATCH:
        return product(x, kernel, geometry)
    return _mixed(x, kernel, geometry)


@functools.partial(jax.custom_vjp, nondiff_argnums=(2,))
def _mixed(x, kernel, geometry):
    if kernel.shape[2] <= FEW_CHANNELS:
        return product(x, kernel, geometry)  # its patches serve the kernel's gradient too
    strides, pads, dilation = geometry
    return lax.conv_general_dilated(x, kernel, strides, pads, rhs_dilation=dilation, dimension_numbers=LAYOUT)


def _forward(x, kernel, geometry):
    return _mixed(x, kernel, geometry), (x, kernel)


def _backward(geometry, saved, gradient):
    x, kernel = saved
    return _input_gradient(x.shape, kernel, gradient, geometry), _kernel_gradient(x, kernel.shape, gradient, geometry)


_mixed.defvjp(_forward, _backward)


def _input_gradient(shape, kernel, gradient, geometry):
    """The gradient, spread by the stride, convolved with the flipped kernel: [batch, height, width, channels]."""
    strides, pads, dilation = geometry

    def edges(size, out, k, step, pad, spread):
        reach = (k - 1) * spread + 1
        low = reach - 1 - pad[0]
        return low, size + reach - 1 - ((out - 1) * step + 1) - low, step - 1

    sizes = zip(shape[1:3], gradient.shape[1:3], kernel.shape, strides, pads, dilation, strict=False)
    spread = lax.pad(gradient, jnp.zeros((), gradient.dtype), ((0, 0, 0), *(edges(*one) for one in sizes), (0, 0, 0)))
    flipped = jnp.transpose(kernel[::-1, ::-1], (0, 1, 3, 2))
    return lax.conv_general_dilated(spread, flipped, (1, 1), "VALID", rhs_dilation=dilation, dimension_numbers=LAYOUT)


def _kernel_gradient(x, window, gradient, geometry):
    """The images, channels for batch, convolved with the gradient: [height, width, channels, filters]."""
    if window[2] <= FEW_CHANNELS:
        seen = patches(x, window[:2], geometry)
        return (seen.reshape(-1, seen.shape[-1]).T @ gradient.reshape(-1, gradient.shape[-1])).reshape(window)
    strides, pads, dilation = geometry

    def edges(size, out, k, step, pad, spread):
        return pad[0], (k - 1) * spread + (out - 1) * step + 1 - size - pad[0], 0

    sizes = zip(x.shape[1:3], gradient.shape[1:3], window, strides, pads, dilation, strict=False)
    columns = jnp.transpose(x, (3, 1, 2, 0))
    columns = lax.pad(columns, jnp.zeros((), x.dtype), ((0, 0, 0), *(edges(*one) for one in sizes), (0, 0, 0)))
    out = lax.conv_general_dilated(
        columns,
        jnp.transpose(gradient, (1, 2, 0, 3)),
        dilation,
        "VALID",
        rhs_dilation=strides,
        dimension_numbers=LAYOUT,
    )
    return jnp.transpose(out, (1, 2, 0, 3))
