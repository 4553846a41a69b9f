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


def pooled(reduction, x, window, stride, padding):
    """Each window as far as it lies in the image; SAME puts the odd cell of padding behind it, as TensorFlow does."""
    places = [
        positions(*axis, padding)
        for axis in zip(x.shape[1:3], window, stride, strict=True)
    ]
    rows = [[reduction(x[:, i, j], (1, 2)) for j in places[1]] for i in places[0]]
    return np.stack([np.stack(row, 1) for row in rows], 1)


def positions(size, window, step, padding):
    if padding == "VALID":
        return [
            slice(start, start + window) for start in range(0, size - window + 1, step)
        ]
    count = -(-size // step)
    before = max((count - 1) * step + window - size, 0) // 2
    starts = [place * step - before for place in range(count)]
    return [slice(max(start, 0), min(start + window, size)) for start in starts]
