"""Forms of a convolution over any number of axes, made of slices and products: JAX's own gradients of them are fast.

A geometry is (strides, pads, dilation), each with one entry for every axis between batch and channels.
"""

import functools
import itertools

import jax.numpy as jnp
from jax import lax

PARTS = 8  # the most parts that groups are split into
PART_CHANNELS = 64  # channels up to which groups stay in one part: zeros cost less there than more products do


def shifts(x, window, geometry):
    """The image that each cell of the window sees: ((i, j, ...), [batch, height', width', ..., channels])."""
    strides, pads, dilation = geometry
    x = jnp.pad(x, ((0, 0), *pads, (0, 0)))
    axes = [(size - (k - 1) * d, s, d) for size, k, s, d in zip(x.shape[1:-1], window, strides, dilation, strict=True)]
    for cell in itertools.product(*map(range, window)):
        places = (slice(i * d, i * d + length, s) for i, (length, s, d) in zip(cell, axes, strict=True))
        yield cell, x[:, *places]


def patches(x, window, geometry):
    """[batch, height', width', ..., window height * window width * ... * channels]."""
    return jnp.concatenate([image for _, image in shifts(x, window, geometry)], -1)


def product(x, kernel, geometry):
    """One matrix product of patches."""
    seen = patches(x, kernel.shape[:-2], geometry)
    out = seen.reshape(-1, seen.shape[-1]) @ kernel.reshape(-1, kernel.shape[-1])
    return out.reshape(*seen.shape[:-1], -1)


def depthwise(x, kernel, geometry):
    """Every channel by itself. kernel: [height, width, ..., 1, channels * multiplier]."""
    multiplier = kernel.shape[-1] // x.shape[-1]
    if multiplier > 1:
        x = jnp.repeat(x, multiplier, -1)
    terms = (image * kernel[cell][0] for cell, image in shifts(x, kernel.shape[:-2], geometry))
    return functools.reduce(jnp.add, terms)


def grouped(convolve, x, kernel, groups):
    """Some groups at once, as one kernel with zeros between them. kernel: [..., channels / groups, filters]."""
    channels = x.shape[-1]
    parts = max(n for n in range(1, PARTS + 1) if groups % n == 0 and (n == 1 or channels // n >= PART_CHANNELS))
    together = groups // parts
    of_input, of_output = jnp.arange(channels // parts), jnp.arange(kernel.shape[-1] // parts)
    same = (of_input // kernel.shape[-2])[:, None] == of_output // (kernel.shape[-1] // groups)

    def part(x, kernel):
        repeats = (*(1,) * (kernel.ndim - 2), together, 1)
        return convolve(x, jnp.where(same, jnp.tile(kernel, repeats), 0))

    split = zip(jnp.split(x, parts, -1), jnp.split(kernel, parts, -1), strict=True)
    return jnp.concatenate([part(*one) for one in split], -1)


def transposed(x, kernel, strides, padding, dilation):
    """What `lax.conv_transpose` computes: every cell of the input adds the kernel, times itself, to the output."""
    window, zero = kernel.shape[:-2], jnp.zeros((), x.dtype)
    flipped = jnp.moveaxis(jnp.flip(kernel, tuple(range(len(window)))), -2, 0)
    spread = (x.reshape(-1, x.shape[-1]) @ flipped.reshape(len(flipped), -1)).reshape(
        *x.shape[:-1], *window, kernel.shape[-1]
    )
    reach = [(k - 1) * d + 1 for k, d in zip(window, dilation, strict=True)]

    def placed(cell):
        edges = ((i * d, r - 1 - i * d, s - 1) for i, d, r, s in zip(cell, dilation, reach, strides, strict=True))
        return lax.pad(spread[(..., *cell, slice(None))], zero, ((0, 0, 0), *edges, (0, 0, 0)))

    out = functools.reduce(jnp.add, map(placed, itertools.product(*map(range, window))))

    def crop(size, r, s):
        whole = (size - 1) * s + r
        if padding == "VALID":
            return 0, size * s + max(r - s, 0) - whole, 0
        low = 0 - (r - 1 - (r - 1 if s > r - 1 else -(-(r + s - 2) // 2)))
        return low, size * s - whole - low, 0

    crops = (crop(*axis) for axis in zip(x.shape[1:-1], reach, strides, strict=True))
    return lax.pad(out, zero, ((0, 0, 0), *crops, (0, 0, 0)))
