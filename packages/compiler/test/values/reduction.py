"""Reductions, in NumPy. x: [rows, ...], float64."""

import numpy as np


def places(x, axes):
    return tuple(range(1, x.ndim)) if axes is None else tuple(axes)


def mean(x, axes, keep_dims):
    return x.mean(places(x, axes), keepdims=keep_dims)


def sum(x, axes, keep_dims):
    return x.sum(places(x, axes), keepdims=keep_dims)


def max(x, axes, keep_dims):
    return x.max(places(x, axes), keepdims=keep_dims)


def min(x, axes, keep_dims):
    return x.min(places(x, axes), keepdims=keep_dims)


def log_sum_exp(x, axes, keep_dims):
    return np.log(np.exp(x).sum(places(x, axes), keepdims=keep_dims))


def norm(x, axes, keep_dims):
    return np.sqrt((x**2).sum(places(x, axes), keepdims=keep_dims))


def argmax(x, axis):
    return x.argmax(axis)


def argmin(x, axis):
    return x.argmin(axis)


def cumsum(x, axis):
    return x.cumsum(axis)
