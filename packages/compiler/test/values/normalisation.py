"""Normalisation as papers and PyTorch's manual define it, in NumPy. x: [rows, ..., features], float64."""

import numpy as np


def layer_norm(x, epsilon, scale=1.0, bias=0.0):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon) * scale + bias


def rms_norm(x, epsilon, scale=1.0):
    return x / np.sqrt((x**2).mean(-1, keepdims=True) + epsilon) * scale


def group_norm(x, groups, epsilon, scale=1.0, bias=0.0):
    channels = np.split(x, groups, -1)
    axes = tuple(range(1, x.ndim))
    centred = [group - group.mean(axes, keepdims=True) for group in channels]
    normal = [group / np.sqrt((group**2).mean(axes, keepdims=True) + epsilon) for group in centred]
    return np.concatenate(normal, -1) * scale + bias
