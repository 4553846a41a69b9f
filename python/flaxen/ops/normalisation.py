"""Layer and RMS normalisation whose gradient is its closed form, of two means over the features.

JAX derives one that reads x several times more: a step of a GPT of four layers of 128 features, [32, 64], takes 147
instead of 158 ms of CPU time with it (two cores, JAX 0.10.2). What is not float32 goes the way of Flax, which computes
means of halves in float32.
"""

import functools

import jax
import jax.numpy as jnp
from flax import nnx


class LayerNorm(nnx.LayerNorm):
    """(x - mean) / sqrt(variance + epsilon) * scale + bias over the last axis; the variance is a second pass's.

    Ba, Kiros, Hinton: Layer Normalization, 2016.
    """

    def __init__(self, num_features: int, *, epsilon: float, use_bias=True, use_scale=True, dtype=None, rngs: nnx.Rngs):
        flags = {"use_bias": use_bias, "use_scale": use_scale, "use_fast_variance": False}
        super().__init__(num_features, epsilon=epsilon, dtype=dtype, rngs=rngs, **flags)

    def __call__(self, x):
        """[..., features], as x."""
        return _scaled(self, standardised(x, self.epsilon, True)) if _is_single(self, x) else super().__call__(x)


class RMSNorm(nnx.RMSNorm):
    """x / sqrt(mean of squares + epsilon) * scale over the last axis.

    Zhang, Sennrich: Root Mean Square Layer Normalization, 2019.
    """

    def __init__(self, num_features: int, *, epsilon: float, use_scale=True, dtype=None, rngs: nnx.Rngs):
        super().__init__(num_features, epsilon=epsilon, use_scale=use_scale, dtype=dtype, rngs=rngs)

    def __call__(self, x):
        """[..., features], as x."""
        return _scaled(self, standardised(x, self.epsilon, False)) if _is_single(self, x) else super().__call__(x)


def _is_single(layer, x):
    return x.dtype == jnp.float32 and layer.dtype in (None, jnp.float32)


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
