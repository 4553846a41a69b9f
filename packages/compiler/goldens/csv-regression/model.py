# Written by Flaxen 0.1.0. Yours to change.
"""Housing: house [batch, 4] -> price, 1 value. 705 parameters."""

from flax import nnx


class Housing(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.dense1 = nnx.Linear(4, 32, rngs=rngs)
        self.dense2 = nnx.Linear(32, 16, rngs=rngs)
        self.price = nnx.Linear(16, 1, rngs=rngs)

    def __call__(self, house):
        x = nnx.relu(self.dense1(house))  # [batch, 32]
        x = nnx.relu(self.dense2(x))  # [batch, 16]
        return {"price": self.price(x)}  # [batch, 1]
