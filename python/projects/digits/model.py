"""Digits: image [batch, 28, 28, 1] -> digit, 10 classes. 421,642 parameters."""

from flax import nnx

from flaxen import ops


class Digits(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(1, 32, (3, 3), rngs=rngs)
        self.conv2 = ops.Conv(32, 64, (3, 3), rngs=rngs)
        self.dense1 = nnx.Linear(3136, 128, rngs=rngs)
        self.dropout1 = ops.Dropout(rngs)
        self.digit = nnx.Linear(128, 10, rngs=rngs)

    def __call__(self, image, hp, *, train=False):
        x = nnx.relu(self.conv1(image))  # [batch, 28, 28, 32]
        x = ops.max_pool(x, 2)  # [batch, 14, 14, 32]
        x = nnx.relu(self.conv2(x))  # [batch, 14, 14, 64]
        x = ops.max_pool(x, 2)  # [batch, 7, 7, 64]
        x = x.reshape(x.shape[0], -1)  # [batch, 3136]
        x = nnx.relu(self.dense1(x))  # [batch, 128]
        x = self.dropout1(x, hp["dropout1"], train=train)
        return {"digit": self.digit(x)}  # [batch, 10]
