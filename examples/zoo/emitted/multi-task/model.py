# Written by Flaxen 0.1.0. Yours to change.
"""MultiTask: thrown [batch, 4] -> distance, 1 value; time, 1 value; lands, 3 classes. 6,917 parameters."""

from flax import nnx

from flaxen import ops


class MultiTask(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.dense1 = nnx.Linear(4, 64, rngs=rngs)
        self.layer_norm1 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.dense2 = nnx.Linear(64, 64, rngs=rngs)
        self.dense3 = nnx.Linear(64, 32, rngs=rngs)
        self.distance = nnx.Linear(64, 1, rngs=rngs)
        self.time = nnx.Linear(64, 1, rngs=rngs)
        self.lands = nnx.Linear(32, 3, rngs=rngs)

    def __call__(self, thrown):
        x = ops.gelu(self.dense1(thrown))  # [batch, 64]
        x = x + ops.gelu(self.dense2(self.layer_norm1(x)))
        y = ops.gelu(self.dense3(x))  # [batch, 32]
        return {
            "distance": self.distance(x),  # [batch, 1]
            "time": self.time(x),  # [batch, 1]
            "lands": self.lands(y),  # [batch, 3]
        }
