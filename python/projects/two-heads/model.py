"""TwoHeads: image [batch, 8, 8] -> digit, 10 classes; centre, 2 values. 13,132 parameters."""

from flax import nnx

from flaxen import ops


class TwoHeads(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.dense1 = nnx.Linear(64, 128, rngs=rngs)
        self.dropout1 = ops.Dropout(rngs)
        self.hidden = nnx.Linear(128, 32, rngs=rngs)
        self.digit = nnx.Linear(32, 10, rngs=rngs)
        self.centre = nnx.Linear(32, 2, rngs=rngs)

    def __call__(self, image, hp, *, train=False):
        x = image.reshape(image.shape[0], -1)  # [batch, 64]
        x = nnx.relu(self.dense1(x))  # [batch, 128]
        x = self.dropout1(x, hp["dropout1"], train=train)
        x = nnx.relu(self.hidden(x))  # [batch, 32]
        return {
            "digit": self.digit(x),  # [batch, 10]
            "centre": self.centre(x),  # [batch, 2]
        }
