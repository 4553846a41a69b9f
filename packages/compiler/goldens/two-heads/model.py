# Written by Flaxen 0.1.0. Yours to change.
"""TwoHeads: image [batch, 8, 8, 1] -> digit, 3 classes; inkCentre, 2 values. 5,429 parameters."""

from flax import nnx

from flaxen import ops


class TwoHeads(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.dense1 = nnx.Linear(64, 64, rngs=rngs)
        self.dropout1 = ops.Dropout(rngs)
        self.dense2 = nnx.Linear(64, 16, rngs=rngs)
        self.digit = nnx.Linear(64, 3, rngs=rngs)
        self.ink_centre = nnx.Linear(16, 2, rngs=rngs)

    def __call__(self, image, hp, *, train=False):
        x = image.reshape(image.shape[0], -1)  # [batch, 64]
        x = nnx.relu(self.dense1(x))
        x = self.dropout1(x, hp["dropout1"], train=train)
        y = nnx.relu(self.dense2(x))  # [batch, 16]
        return {
            "digit": self.digit(x),  # [batch, 3]
            "inkCentre": self.ink_centre(y),  # [batch, 2]
        }
