# Written by Flaxen 0.1.0. Yours to change.
"""Tabular: numbers [batch, 4], categories [batch, 3] -> outcome, yes or no. 2,065 parameters."""

import jax.numpy as jnp
from flax import nnx

from flaxen import ops


class Tabular(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.embedding1 = nnx.Embed(12, 4, rngs=rngs)
        self.dense1 = nnx.Linear(16, 48, rngs=rngs)
        self.dropout1 = ops.Dropout(rngs)
        self.dense2 = nnx.Linear(48, 24, rngs=rngs)
        self.outcome = nnx.Linear(24, 1, rngs=rngs)

    def __call__(self, numbers, categories, hp, *, train=False):
        x = self.embedding1(categories)  # [batch, 3, 4]
        x = x.reshape(x.shape[0], -1)  # [batch, 12]
        x = jnp.concatenate([numbers, x], axis=-1)  # [batch, 16]
        x = nnx.relu(self.dense1(x))  # [batch, 48]
        x = self.dropout1(x, hp["dropout1"], train=train)
        x = nnx.relu(self.dense2(x))  # [batch, 24]
        return {"outcome": self.outcome(x)}  # [batch, 1]
