"""Convolutions as sums over windows, in NumPy. x: [rows, ..., channels], kernel: [..., channels, filters], float64."""

import numpy as np


def convolution(x, kernel, stride, padding, dilation, groups=1, bias=0.0, multiplier=1, filters=None):
    window = kernel.shape[:-2]
    axes = [
        axis_of(*axis, padding if isinstance(padding, str) else padding[place])
        for place, axis in enumerate(zip(x.shape[1:-1], window, stride, dilation, strict=True))
    ]
    # More zeros behind than any window sees.
    edges = [(before, k * d) for (_, before), k, d in zip(axes, window, dilation, strict=True)]
    x = np.pad(x, ((0, 0), *edges, (0, 0)))
    kernels = [part.reshape(-1, part.shape[-1]) for part in np.split(kernel, groups, -1)]
    out = np.zeros((len(x), *(count for count, _ in axes), kernel.shape[-1]))
    for place in np.ndindex(out.shape[1:-1]):
        seen = x[(slice(None), *cells(place, window, stride, dilation))]
        parts = [
            part.reshape(len(x), -1) @ kernel for part, kernel in zip(np.split(seen, groups, -1), kernels, strict=True)
        ]
        out[(slice(None), *place)] = np.concatenate(parts, -1)
    return out + bias


def cells(place, window, stride, dilation):
    """Where the window stands that began at the stride times the place."""
    return [
        slice(p * s, p * s + (k - 1) * d + 1, d) for p, k, s, d in zip(place, window, stride, dilation, strict=True)
    ]


def axis_of(size, window, step, gap, padding):
    """How many windows there are, and how many cells the first begins before the axis does."""
    reach = (window - 1) * gap + 1
    if padding == "VALID":
        return (size - reach) // step + 1, 0
    count = -(-size // step)
    if padding == "CAUSAL":
        return count, reach - 1
    if padding == "SAME":
        return count, max((count - 1) * step + reach - size, 0) // 2
    before, after = padding
    return (size + before + after - reach) // step + 1, before


conv1d = conv2d = conv3d = convolution


def depthwise(x, **given):
    return convolution(x, groups=x.shape[-1], **given)


depthwise_conv1d = depthwise_conv2d = depthwise


def separable(x, depthwise_kernel, pointwise_kernel, pointwise_bias=0.0, kernel=None, **given):
    between = depthwise(x, kernel=depthwise_kernel, **given)
    point = pointwise_kernel.reshape(pointwise_kernel.shape[-2:])
    return between @ point + pointwise_bias


separable_conv1d = separable_conv2d = separable


def transposed(x, kernel, stride, padding, dilation, filters, bias=0.0):
    """Every cell of x adds the kernel, turned, times itself; of the whole a part is the output."""
    window = kernel.shape[:-2]
    axes = list(zip(x.shape[1:-1], window, stride, dilation, strict=True))
    whole = [(size - 1) * step + (k - 1) * gap + 1 for size, k, step, gap in axes]
    turned = np.moveaxis(np.flip(kernel, tuple(range(len(window)))), -2, 0)
    out = np.zeros((len(x), *whole, filters))
    for place in np.ndindex(x.shape[1:-1]):
        at = (slice(None), *cells(place, window, stride, dilation))
        out[at] += np.tensordot(x[(slice(None), *place)], turned, 1)
    for axis, (size, k, step, gap) in enumerate(axes, 1):
        reach = (k - 1) * gap + 1
        # SAME leaves out what is over, half of it in front, as JAX counts it.
        wanted = size * step + (max(reach - step, 0) if padding == "VALID" else 0)
        begins = 0 if padding == "VALID" else reach - 1 - padded_before(reach, step)
        out = np.pad(
            out,
            [(max(-begins, 0), step) if i == axis else (0, 0) for i in range(out.ndim)],
        )
        out = out.take(range(max(begins, 0), max(begins, 0) + wanted), axis)
    return out + bias


def padded_before(reach, step):
    return reach - 1 if step > reach - 1 else -(-(reach + step - 2) // 2)


conv_transpose1d = conv_transpose2d = conv_transpose3d = transposed
