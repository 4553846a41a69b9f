"""Arithmetic value by value and products of tensors, in NumPy. x: [rows, ...], float64 or int."""

import numpy as np


def pairwise(function):
    def of_a_tensor_or_a_number(x, other=None, value=None):
        return function(x, value if other is None else other)

    return of_a_tensor_or_a_number


add = pairwise(lambda x, y: x + y)
divide = pairwise(lambda x, y: x / y)
maximum = pairwise(np.maximum)
minimum = pairwise(np.minimum)
multiply = pairwise(lambda x, y: x * y)
subtract = pairwise(lambda x, y: x - y)
equal = pairwise(lambda x, y: (x == y).astype(float))
greater = pairwise(lambda x, y: (x > y).astype(float))
greater_equal = pairwise(lambda x, y: (x >= y).astype(float))
less = pairwise(lambda x, y: (x < y).astype(float))
less_equal = pairwise(lambda x, y: (x <= y).astype(float))
not_equal = pairwise(lambda x, y: (x != y).astype(float))


def where(x, condition, other=None, value=None):
    return np.where(condition != 0, x, value if other is None else other)


def abs(x):
    return np.abs(x)


def cast(x, dtype):
    return np.trunc(x) if dtype == "int" else x.astype(float)


def clip(x, low, high):
    return np.clip(x, low, high)


def cos(x):
    return np.cos(x)


def log(x):
    return np.log(x)


def negate(x):
    return -x


def power(x, exponent):
    return x**exponent


def sin(x):
    return np.sin(x)


def sqrt(x):
    return np.sqrt(x)


def square(x):
    return x * x


def stop_gradient(x):
    return x


def dot(x, other):
    return (x * other).sum(-1)


def matmul(x, other):
    return x @ other


def einsum(x, others1, equation):
    return np.einsum(equation, x, others1)
