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
        keep = jax.random.bernoulli(self.rngs(), 1 - rate, x.shape)
        return jnp.where(keep, x / (1 - rate), 0)
