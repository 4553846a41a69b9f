# Written by Flaxen 0.1.0. Yours to change.
"""LeNet: image [batch, 28, 28, 1] -> digit, 10 classes. 61,706 parameters."""

from flax import nnx

from flaxen import ops


class LeNet(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(1, 6, (5, 5), rngs=rngs)
        self.conv2 = ops.Conv(6, 16, (5, 5), padding="VALID", rngs=rngs)
        self.dense1 = nnx.Linear(400, 120, rngs=rngs)
        self.dense2 = nnx.Linear(120, 84, rngs=rngs)
        self.digit = nnx.Linear(84, 10, rngs=rngs)

    def __call__(self, image):
        x = nnx.tanh(self.conv1(image))  # [batch, 28, 28, 6]
        x = ops.avg_pool(x, 2)  # [batch, 14, 14, 6]
        x = nnx.tanh(self.conv2(x))  # [batch, 10, 10, 16]
        x = ops.avg_pool(x, 2)  # [batch, 5, 5, 16]
        x = x.reshape(x.shape[0], -1)  # [batch, 400]
        x = nnx.tanh(self.dense1(x))  # [batch, 120]
        x = nnx.tanh(self.dense2(x))  # [batch, 84]
        return {"digit": self.digit(x)}  # [batch, 10]
