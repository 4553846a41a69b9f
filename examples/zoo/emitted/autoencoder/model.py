# Written by Flaxen 0.1.0. Yours to change.
"""Autoencoder: image [batch, 28, 28, 1] -> restored, image again. 68,897 parameters."""

from flax import nnx

from flaxen import ops


class Autoencoder(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(1, 16, (3, 3), strides=2, rngs=rngs)
        self.conv2 = ops.Conv(16, 32, (3, 3), strides=2, rngs=rngs)
        self.code = nnx.Linear(1568, 16, rngs=rngs)
        self.dense1 = nnx.Linear(16, 1568, rngs=rngs)
        self.upconv1 = ops.ConvTranspose(32, 16, (4, 4), strides=2, rngs=rngs)
        self.upconv2 = ops.ConvTranspose(16, 16, (4, 4), strides=2, rngs=rngs)
        self.restored = ops.Linear(16, 1, rngs=rngs)

    def __call__(self, image):
        x = nnx.relu(self.conv1(image))  # [batch, 14, 14, 16]
        x = nnx.relu(self.conv2(x))  # [batch, 7, 7, 32]
        x = x.reshape(x.shape[0], -1)  # [batch, 1568]
        x = self.code(x)  # [batch, 16]
        x = nnx.relu(self.dense1(x))  # [batch, 1568]
        x = x.reshape(-1, 7, 7, 32)  # [batch, 7, 7, 32]
        x = nnx.relu(self.upconv1(x))  # [batch, 14, 14, 16]
        x = nnx.relu(self.upconv2(x))  # [batch, 28, 28, 16]
        return {"restored": self.restored(x)}  # [batch, 28, 28, 1]
