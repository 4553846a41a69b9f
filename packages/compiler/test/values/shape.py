"""Shapes and places of values, in NumPy. x: [rows, ...], float64."""

import numpy as np


def concat(x, others1, others2=None, *, axis):
    return np.concatenate([one for one in (x, others1, others2) if one is not None], axis)


def stack(x, others1, axis):
    return np.stack([x, others1], axis)


def reshape(x, shape):
    return x.reshape([len(x), *shape])


def transpose(x, axes):
    return np.swapaxes(x, -1, -2) if axes is None else x.transpose(axes)


def slice(x, axis, start, end, step):
    return np.take(x, np.arange(x.shape[axis])[start:end:step], axis)


def expand_dims(x, axis):
    return np.expand_dims(x, axis)


def squeeze(x, axis):
    return x.squeeze(axis)


def gather(x, places, axis):
    inner = axis - 1 if axis > 0 else axis
    return np.stack([np.take(one, at, inner) for one, at in zip(x, places, strict=True)])


def one_hot(ids, classes):
    return np.eye(classes)[ids]


def pad(x, widths, mode, value):
    options = {"constant_values": value} if mode == "constant" else {}
    return np.pad(x, [(0, 0), *widths], mode, **options)


def repeat_vector(x, times):
    return np.stack([x] * times, 1)
