"""Gaussian noise whose size is a number of the run, not of the program."""

import jax
from flax import nnx


class GaussianNoise(nnx.Module):
    """Adds noise of mean 0."""

    def __init__(self, rngs: nnx.Rngs):
        self.rngs = rngs.dropout.fork()

    def __call__(self, x, stddev, *, train):
        """x: any shape; stddev: scalar >= 0, in the unit of x."""
        if not train:
            return x
        return x + stddev * jax.random.normal(self.rngs(), x.shape, x.dtype)


class GaussianDropout(nnx.Module):
    """Multiplies by noise of mean 1 and the variance of dropout, rate / (1 - rate) (Srivastava et al. 2014)."""

    def __init__(self, rngs: nnx.Rngs):
        self.rngs = rngs.dropout.fork()

    def __call__(self, x, rate, *, train):
        """x: any shape; rate: scalar in [0, 1)."""
        if not train:
            return x
        stddev = (rate / (1 - rate)) ** 0.5
        return x * (1 + stddev * jax.random.normal(self.rngs(), x.shape, x.dtype))
