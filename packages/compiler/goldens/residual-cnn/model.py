# Written by Flaxen 0.1.0. Yours to change.
"""ResidualCnn: image [batch, 8, 8, 1] -> digit, 10 classes. 12,410 parameters."""

from flax import nnx

from flaxen import ops


class ResidualCnn(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(1, 16, (3, 3), rngs=rngs)
        self.norm1 = nnx.BatchNorm(16, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.conv2 = ops.Conv(16, 16, (3, 3), use_bias=False, rngs=rngs)
        self.norm2 = nnx.BatchNorm(16, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.conv3 = ops.Conv(16, 16, (3, 3), rngs=rngs)
        self.norm3 = nnx.BatchNorm(16, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.conv4 = ops.Conv(16, 32, (3, 3), strides=2, padding="VALID", rngs=rngs)
        self.digit = nnx.Linear(288, 10, rngs=rngs)

    def __call__(self, image, *, train=False):
        x = nnx.relu(self.norm1(self.conv1(image), use_running_average=not train))  # [batch, 8, 8, 16]
        y = nnx.relu(self.norm2(self.conv2(x), use_running_average=not train))
        y = self.norm3(self.conv3(y), use_running_average=not train)
        x = nnx.relu(x + y)
        x = nnx.relu(self.conv4(x))  # [batch, 3, 3, 32]
        x = x.reshape(x.shape[0], -1)  # [batch, 288]
        return {"digit": self.digit(x)}  # [batch, 10]
