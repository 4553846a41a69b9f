"""Residual: image [batch, 8, 8, 1] -> digit, 10 classes. 14,858 parameters."""

from flax import nnx

from flaxen import ops


class Refine(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(16, 16, (3, 3), use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(16, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.conv2 = ops.Conv(16, 16, (3, 3), use_bias=False, rngs=rngs)
        self.norm2 = nnx.BatchNorm(16, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

    def __call__(self, x, *, train=False):
        y = nnx.relu(self.norm1(self.conv1(x), use_running_average=not train))
        return self.norm2(self.conv2(y), use_running_average=not train)


class Residual(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(1, 16, (3, 3), rngs=rngs)
        self.refine1 = Refine(rngs)
        self.refine2 = Refine(rngs)
        self.digit = nnx.Linear(256, 10, rngs=rngs)

    def __call__(self, image, *, train=False):
        x = nnx.relu(self.conv1(image))  # [batch, 8, 8, 16]
        x = nnx.relu(x + self.refine1(x, train=train))
        x = nnx.relu(x + self.refine2(x, train=train))
        x = ops.max_pool(x, 2)  # [batch, 4, 4, 16]
        x = x.reshape(x.shape[0], -1)  # [batch, 256]
        return {"digit": self.digit(x)}  # [batch, 10]
