"""Activations as their papers and PyTorch's manual define them, in NumPy. x: [rows, ..., features], float64."""

import math

import numpy as np

erf = np.vectorize(math.erf, otypes=[float])


def exponential(x):
    return np.exp(x)


def hard_sigmoid(x):
    return np.clip(x / 6 + 0.5, 0, 1)


def hard_swish(x):
    return x * hard_sigmoid(x)


def hard_tanh(x):
    return np.clip(x, -1, 1)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def log_sigmoid(x):
    return np.log(sigmoid(x))


def softplus(x):
    return np.log(1 + np.exp(x))


def softsign(x):
    return x / (1 + abs(x))


def tanh(x):
    return np.tanh(x)


def mish(x):
    return x * np.tanh(softplus(x))


def silu(x):
    return x * sigmoid(x)


def gelu(x, approximate):
    if approximate:
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return 0.5 * x * (1 + erf(x / np.sqrt(2)))


def relu(x):
    return np.maximum(x, 0)


def relu6(x):
    return np.clip(x, 0, 6)


def squared_relu(x):
    return relu(x) ** 2


def leaky_relu(x, negative_slope):
    return np.where(x > 0, x, negative_slope * x)


def elu(x, alpha):
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))


def celu(x, alpha):
    return np.maximum(x, 0) + np.minimum(0, alpha * (np.exp(x / alpha) - 1))


def selu(x):
    return 1.0507009873554804934193349852946 * elu(x, 1.6732632423543772848170429916717)


def threshold(x, threshold, value):
    return np.where(x > threshold, x, value)


def softmax(x):
    shares = np.exp(x - x.max(-1, keepdims=True))
    return shares / shares.sum(-1, keepdims=True)


def log_softmax(x):
    return np.log(softmax(x))


def glu(x):
    values, gate = np.split(x, 2, -1)
    return values * sigmoid(gate)


def swiglu(x):
    values, gate = np.split(x, 2, -1)
    return values * silu(gate)


def geglu(x):
    values, gate = np.split(x, 2, -1)
    return values * gelu(gate, approximate=False)


def prelu(x, per_channel, initial, slope):
    return np.where(x > 0, x, slope * x)
