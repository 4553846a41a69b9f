# Written by Flaxen 0.1.0. Yours to change.
"""Mlp: pixels [batch, 64] -> digit, 10 classes. 26,122 parameters."""

from flax import nnx


class Mlp(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.hidden = nnx.Linear(64, 128, rngs=rngs)
        self.dense1 = nnx.Linear(128, 128, rngs=rngs)
        self.digit = nnx.Linear(128, 10, rngs=rngs)

    def __call__(self, pixels):
        x = nnx.relu(self.hidden(pixels))  # [batch, 128]
        x = nnx.relu(self.dense1(x))
        return {"digit": self.digit(x)}  # [batch, 10]
