"""Layer and RMS normalisation whose gradient is its closed form, of two means over the features.

JAX derives one that reads x several times more: a step of a GPT of four layers of 128 features takes 147 instead of 158
ms of CPU time with it.
"""

import functools

import jax
from flax import nnx


class LayerNorm(nnx.LayerNorm):
    """(x - mean) / sqrt(variance + epsilon) * scale + bias over the last axis; the variance is a second pass's.

    Ba, Kiros, Hinton: Layer Normalization, 2016.
    """

    def __call__(self, x):
        """x: [..., features]"""
        return _scaled(self, standardised(x, self.epsilon, True))


class RMSNorm(nnx.RMSNorm):
    """x / sqrt(mean of squares + epsilon) * scale over the last axis.

    Zhang, Sennrich: Root Mean Square Layer Normalization, 2019.
    """

    def __call__(self, x):
        """x: [..., features]"""
        return _scaled(self, standardised(x, self.epsilon, False))


def _scaled(layer, x):
    if layer.scale is not None:
        x = x * layer.scale[...]
    bias = getattr(layer, "bias", None)
    return x if bias is None else x + bias[...]


@functools.partial(jax.custom_vjp, nondiff_argnums=(1, 2))
def standardised(x, epsilon, centred):
    """x: [..., features], divided by its root mean square over the features; `centred`: less its mean first."""
    return _standardise(x, epsilon, centred)[0]


def _standardise(x, epsilon, centred):
    if centred:
        x = x - _mean(x)
    rate = jax.lax.rsqrt(_mean(x * x) + epsilon)
    return x * rate, rate


def _forward(x, epsilon, centred):
    y, rate = _standardise(x, epsilon, centred)
    return y, (y, rate)


def _backward(_, centred, kept, gradient):
    y, rate = kept
    change = gradient - y * _mean(gradient * y)
    return (rate * (change - _mean(gradient) if centred else change),)


def _mean(x):
    return x.mean(-1, keepdims=True)


standardised.defvjp(_forward, _backward)
