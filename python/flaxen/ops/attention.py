"""Multi-head attention to the sequence itself or to another."""

import math

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

from flaxen.ops.dropout import Dropout
from flaxen.ops.products import dot, dot_general


class Attention(nnx.Module):
    """softmax(query @ key.T / sqrt(head_features)) @ value in each head, then a projection."""

    def __init__(
        self,
        features: int,
        heads: int,
        *,
        head_features: int | None = None,
        key_value_heads: int | None = None,
        context_features: int | None = None,
        causal: bool = False,
        rope: float | None = None,
        dropout: bool = False,
        use_bias: bool = True,
        rngs: nnx.Rngs,
    ):
        """key_value_heads: each serves heads / key_value_heads queries; rope: the base of rotary positions."""
        self.heads, self.key_value_heads = heads, key_value_heads or heads
        self.head_features = head_features or features // heads
        self.causal, self.rope = causal, rope
        outer, shared = (count * self.head_features for count in (self.heads, self.key_value_heads))
        context_features = context_features or features
        options = {"use_bias": use_bias, "dot_general": dot_general, "rngs": rngs}
        self.query = nnx.Linear(features, outer, **options)
        self.key = nnx.Linear(context_features, shared, **options)
        self.value = nnx.Linear(context_features, shared, **options)
        self.out = nnx.Linear(outer, features, **options)
        if dropout:
            self.dropout = Dropout(rngs)

    def __call__(self, x, context=None, mask=None, *, dropout=None, train=False):
        """[batch, time, features], as x.

        context: [batch, length, context features], x itself where left out; mask: whole numbers [batch, length], 0
        where a position is padding; dropout: share of the weights that are dropped while training.
        """
        if context is None:
            context = x
            query, key, value = projected(x, self.query, self.key, self.value)
        else:
            query, (key, value) = self.query(x), projected(context, self.key, self.value)
        query = self._split(query, self.heads)  # [batch, heads, time, head_features]
        key, value = (self._split(one, self.key_value_heads) for one in (key, value))
        if self.rope is not None:
            query, key = rotated(query, self.rope), rotated(key, self.rope)
        allowed = self._allowed(x.shape[1], context.shape[1], mask)
        drop = None if dropout is None else lambda weights: self.dropout(weights, dropout, train=train)
        found = attend(query, key, value, allowed, drop)
        return self.out(jnp.swapaxes(found, 1, 2).reshape(*x.shape[:2], -1))

    def _split(self, x, heads):
        """[batch, time, heads * head_features] -> [batch, heads, time, head_features]"""
        return jnp.swapaxes(x.reshape(*x.shape[:2], heads, self.head_features), 1, 2)

    def _allowed(self, time, length, mask):
        """Who may see whom: [batch or 1, 1, time or 1, length], or None where all see all."""
        before = np.tri(time, length, dtype=bool)[None, None] if self.causal else None
        if mask is None:
            return before
        counted = (mask != 0)[:, None, None]
        return counted if before is None else counted & before


def projected(x, *layers):
    """What each `nnx.Linear` makes of x, [batch, time, features], by one product: a CPU does it faster than several."""
    kernels = [layer.kernel[...] for layer in layers]
    together = dot(x, jnp.concatenate(kernels, 1))
    if layers[0].use_bias:
        together += jnp.concatenate([layer.bias[...] for layer in layers])
    return jnp.split(together, np.cumsum([kernel.shape[1] for kernel in kernels[:-1]]), -1)


def attend(query, key, value, allowed=None, dropout=None):
    """[batch, heads, time, features]; zeros where nothing may be seen, and no NaN in a gradient.

    query: [batch, heads, time, features]; key, value: [batch, key-value heads, length, features], each for a group of
    heads; allowed: bool, broadcasts to [batch, heads, time, length], alike for all heads; dropout: of the weights.

    On a CPU a third faster than `jax.nn.dot_product_attention`, whose fused kernels are for half precision on a GPU.
    """
    grouped = query.reshape(*key.shape[:2], -1, *query.shape[2:]) / math.sqrt(query.shape[-1])
    scores = jnp.einsum("bkgth,bksh->bkgts", grouped, key)
    if allowed is not None:
        allowed = allowed[:, :, None]
        scores = jnp.where(allowed, scores, jnp.finfo(scores.dtype).min)
    weights = _softmax(scores)
    if dropout is not None:
        weights = dropout(weights)
    found = jnp.einsum("bkgts,bksh->bkgth", weights, value)
    if allowed is not None:
        found = jnp.where(allowed.any(-1, keepdims=True), found, 0)
    return found.reshape(query.shape)


@jax.custom_vjp
def _softmax(scores):
    """Over the last axis. JAX's gradient takes more than twice the time on a CPU: it is made from the quotient."""
    exponentials = jnp.exp(scores - scores.max(-1, keepdims=True))
    return exponentials / exponentials.sum(-1, keepdims=True)


def _softmax_forward(scores):
    weights = _softmax(scores)
    return weights, weights


def _softmax_backward(weights, gradient):
    product = weights * gradient
    return (product - weights * product.sum(-1, keepdims=True),)


_softmax.defvjp(_softmax_forward, _softmax_backward)


def rotated(x, base):
    """Rotary positions: the two halves of the features, taken as pairs, are turned by an angle that grows with time.

    x: [..., time, features]; pair i turns by base ** (-2i / features) a step.
    """
    time, features = x.shape[-2:]
    angles = np.arange(time)[:, None] * float(base) ** (-np.arange(0, features, 2) / features)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    first, second = jnp.split(x, 2, -1)
    return jnp.concatenate([first * cos - second * sin, second * cos + first * sin], -1)
