"""Diabetes: patient [batch, 10] -> progression, 1 value. 2,881 parameters."""

from flax import nnx


class Diabetes(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.dense1 = nnx.Linear(10, 64, rngs=rngs)
        self.dense2 = nnx.Linear(64, 32, rngs=rngs)
        self.progression = nnx.Linear(32, 1, rngs=rngs)

    def __call__(self, patient):
        x = nnx.relu(self.dense1(patient))  # [batch, 64]
        x = nnx.relu(self.dense2(x))  # [batch, 32]
        return {"progression": self.progression(x)}  # [batch, 1]
