"""Dropout whose rate is a number of the run, not of the program."""

import jax
import jax.numpy as jnp
from flax import nnx


class Dropout(nnx.Module):
    """`nnx.Dropout` with the rate as an argument, so that it may be traced: one program for every rate."""

    def __init__(self, rngs: nnx.Rngs):
        self.rngs = rngs.dropout.fork()

    def __call__(self, x, rate, *, train):
        """x: any shape; rate: scalar in [0, 1). What is kept is scaled by 1 / (1 - rate)."""
        if not train:
            return x
        keep = jax.random.bernoulli(self.rngs(), 1 - rate, self.drawn(x))
        return jnp.where(keep, x / (1 - rate), 0)

    def drawn(self, x):
        """The shape of what is drawn: values for which it is 1 share their fate along that axis."""
        return x.shape


class DropPath(Dropout):
    """Drops whole examples, for the branch of a residual: stochastic depth (Huang et al. 2016)."""

    def drawn(self, x):
        return x.shape[:1] + (1,) * (x.ndim - 1)


class SpatialDropout(Dropout):
    """Drops whole feature maps: x is [batch, ...positions, channels] (Tompson et al. 2015)."""

    def drawn(self, x):
        return x.shape[:1] + (1,) * (x.ndim - 2) + x.shape[-1:]
