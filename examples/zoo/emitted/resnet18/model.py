# Written by Flaxen 0.1.0. Yours to change.
"""ResNet18: image [batch, 28, 28, 1] -> digit, 10 classes. 701,818 parameters."""

from flax import nnx

from flaxen import ops


class Stem(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(1, 16, (7, 7), strides=2, use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(16, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

    def __call__(self, x, *, train=False):
        return nnx.relu(self.norm1(self.conv1(x), use_running_average=not train))  # [batch, 14, 14, 16]


class BasicBlock(nnx.Module):
    def __init__(self, in_features, out_features, *, strides=1, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(in_features, out_features, (3, 3), strides=strides, use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.conv2 = ops.Conv(out_features, out_features, (3, 3), use_bias=False, rngs=rngs)
        self.norm2 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.project = in_features != out_features
        if self.project:
            self.conv3 = ops.Conv(in_features, out_features, (1, 1), strides=strides, use_bias=False, rngs=rngs)
            self.norm3 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

    def __call__(self, x, *, train=False):
        y = nnx.relu(self.norm1(self.conv1(x), use_running_average=not train))  # [batch, ..., out_features]
        y = self.norm2(self.conv2(y), use_running_average=not train)
        if self.project:
            x = self.norm3(self.conv3(x), use_running_average=not train)  # [batch, ..., out_features]
        return nnx.relu(y + x)


class ResNet18(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.stem1 = Stem(rngs)
        self.basic_block1 = BasicBlock(16, 16, rngs=rngs)
        self.basic_block2 = BasicBlock(16, 16, rngs=rngs)
        self.basic_block3 = BasicBlock(16, 32, strides=2, rngs=rngs)
        self.basic_block4 = BasicBlock(32, 32, rngs=rngs)
        self.basic_block5 = BasicBlock(32, 64, strides=2, rngs=rngs)
        self.basic_block6 = BasicBlock(64, 64, rngs=rngs)
        self.basic_block7 = BasicBlock(64, 128, strides=2, rngs=rngs)
        self.basic_block8 = BasicBlock(128, 128, rngs=rngs)
        self.digit = nnx.Linear(128, 10, rngs=rngs)

    def __call__(self, image, *, train=False):
        x = self.stem1(image, train=train)  # [batch, 14, 14, 16]
        x = ops.max_pool(x, 3, stride=2, padding="SAME")  # [batch, 7, 7, 16]
        x = self.basic_block1(x, train=train)
        x = self.basic_block2(x, train=train)
        x = self.basic_block3(x, train=train)  # [batch, 4, 4, 32]
        x = self.basic_block4(x, train=train)
        x = self.basic_block5(x, train=train)  # [batch, 2, 2, 64]
        x = self.basic_block6(x, train=train)
        x = self.basic_block7(x, train=train)  # [batch, 1, 1, 128]
        x = self.basic_block8(x, train=train)
        x = x.mean((1, 2))  # [batch, 128]
        return {"digit": self.digit(x)}  # [batch, 10]
