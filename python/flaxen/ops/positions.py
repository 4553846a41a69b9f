"""What tells the positions of a sequence apart."""

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx


class LearnedPositions(nnx.Module):
    """Adds a learned vector for each position."""

    def __init__(self, length: int, features: int, *, rngs: nnx.Rngs):
        self.embedding = nnx.Param(jax.nn.initializers.normal(0.02)(rngs.params(), (length, features)))

    def __call__(self, x):
        """x: [batch, time, features], of at most `length` steps."""
        time, length = x.shape[1], len(self.embedding[...])
        if time > length:
            raise ValueError(f"a sequence of {time} steps is longer than the {length} positions that are learned")
        return x + self.embedding[:time]


def add_sinusoidal_positions(x):
    """x: [batch, time, features]; sines are added to the even features, cosines to the odd ones."""
    time, features = x.shape[1:]
    angles = np.arange(time)[:, None] * 10_000.0 ** (-np.arange(0, features, 2) / features)
    waves = np.stack([np.sin(angles), np.cos(angles)], -1).reshape(time, features)
    return x + jnp.asarray(waves, x.dtype)
