"""Resampling, in NumPy. x: [rows, ...positions, channels], float64."""

import numpy as np


def upsample(x, factor, method):
    for axis in range(1, x.ndim - 1):
        times = factor if isinstance(factor, int) else factor[axis - 1]
        x = nearest(x, times, axis) if method == "nearest" else linear(x, times, axis)
    return x


def nearest(x, times, axis):
    return np.take(x, np.arange(x.shape[axis] * times) // times, axis)


def linear(x, times, axis):
    """Straight lines between the centres of cells, held beyond the outer ones."""
    size = x.shape[axis]
    centres = np.clip((np.arange(size * times) + 0.5) / times - 0.5, 0, size - 1)
    below = np.floor(centres).astype(int)
    share = (centres - below).reshape([-1] + [1] * (x.ndim - axis - 1))
    above = np.minimum(below + 1, size - 1)
    return np.take(x, below, axis) * (1 - share) + np.take(x, above, axis) * share


def pixel_shuffle(x, factor):
    rows, height, width, channels = x.shape
    out = np.zeros((rows, height * factor, width * factor, channels // factor**2), x.dtype)
    for channel in range(channels):
        target, place = divmod(channel, factor**2)
        i, j = divmod(place, factor)
        out[:, i::factor, j::factor, target] = x[..., channel]
    return out


def space_to_depth(x, factor):
    rows, height, width, channels = x.shape
    out = np.zeros((rows, height // factor, width // factor, channels * factor**2), x.dtype)
    for channel in range(out.shape[-1]):
        source, place = divmod(channel, factor**2)
        i, j = divmod(place, factor)
        out[..., channel] = x[:, i::factor, j::factor, source]
    return out
