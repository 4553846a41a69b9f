"""Pooling as papers and PyTorch's manual define it, in NumPy. x: [rows, ..., features], float64."""

import numpy as np


def global_avg_pool(x):
    return x.reshape(len(x), -1, x.shape[-1]).mean(1)


def global_max_pool(x):
    return x.reshape(len(x), -1, x.shape[-1]).max(1)


def avg_pool(x, window, stride, padding):
    return pooled(np.mean, x, window, stride, padding)


def max_pool(x, window, stride, padding):
    return pooled(np.max, x, window, stride, padding)


def min_pool(x, window, stride, padding):
    return pooled(np.min, x, window, stride, padding)


def pooled(reduction, x, window, stride, padding):
    """Each window as far as it lies in the input; SAME puts the odd cell of padding behind it, as TensorFlow does."""
    sizes = x.shape[1:-1]
    each = lambda given: given if isinstance(given, list) else [given] * len(sizes)
    places = [positions(*axis, padding) for axis in zip(sizes, each(window), each(stride), strict=True)]
    out = np.zeros((len(x), *map(len, places), x.shape[-1]))
    for place in np.ndindex(out.shape[1:-1]):
        seen = x[(slice(None), *(axis[i] for axis, i in zip(places, place, strict=True)))]
        out[(slice(None), *place)] = reduction(seen, tuple(range(1, x.ndim - 1)))
    return out


def positions(size, window, step, padding):
    if padding == "VALID":
        return [slice(start, start + window) for start in range(0, size - window + 1, step)]
    count = -(-size // step)
    before = max((count - 1) * step + window - size, 0) // 2
    starts = [place * step - before for place in range(count)]
    return [slice(max(start, 0), min(start + window, size)) for start in starts]
