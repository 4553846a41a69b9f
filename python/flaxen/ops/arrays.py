"""Shapes and values of arrays where jax.numpy has no word for it."""

import jax
import jax.numpy as jnp


def norm(x, axes, keepdims=False):
    """The Euclidean length along axes. Where it is 0 the gradient is 0, not NaN."""
    squares = jnp.square(x).sum(axes, keepdims=keepdims)
    zero = squares == 0
    return jnp.where(zero, 0, jnp.sqrt(jnp.where(zero, 1, squares)))


def gather(x, places, axis):
    """In every example of x, [batch, ...], what stands at `places`, [batch, ...] int, of an axis of x."""
    inner = axis - 1 if axis > 0 else axis
    return jax.vmap(lambda x, places: jnp.take(x, places, axis=inner))(x, places)


def pixel_shuffle(x, factor):
    """[batch, height, width, channels * factor**2] -> [batch, height * factor, width * factor, channels]."""
    batch, height, width, channels = x.shape
    x = x.reshape(batch, height, width, channels // factor**2, factor, factor)
    return x.transpose(0, 1, 4, 2, 5, 3).reshape(batch, height * factor, width * factor, -1)


def space_to_depth(x, factor):
    """[batch, height, width, channels] -> [batch, height / factor, width / factor, channels * factor**2]."""
    batch, height, width, channels = x.shape
    x = x.reshape(batch, height // factor, factor, width // factor, factor, channels)
    return x.transpose(0, 1, 3, 5, 2, 4).reshape(batch, height // factor, width // factor, -1)
