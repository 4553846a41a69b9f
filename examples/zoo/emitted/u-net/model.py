# Written by Flaxen 0.1.0. Yours to change.
"""UNet: image [batch, 32, 32, 1] -> kind, 3 classes. 29,499 parameters."""

import jax.numpy as jnp
from flax import nnx

from flaxen import ops


class ConvNormRelu(nnx.Module):
    def __init__(self, in_features, out_features, *, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(in_features, out_features, (3, 3), use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

    def __call__(self, x, *, train=False):
        return nnx.relu(self.norm1(self.conv1(x), use_running_average=not train))  # [batch, ..., out_features]


class TwoConvolutions(nnx.Module):
    def __init__(self, in_features, out_features, *, rngs: nnx.Rngs):
        self.conv_norm_relu1 = ConvNormRelu(in_features, out_features, rngs=rngs)
        self.conv_norm_relu2 = ConvNormRelu(out_features, out_features, rngs=rngs)

    def __call__(self, x, *, train=False):
        x = self.conv_norm_relu1(x, train=train)  # [batch, ..., out_features]
        return self.conv_norm_relu2(x, train=train)


class UNet(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.two_convolutions1 = TwoConvolutions(1, 8, rngs=rngs)
        self.two_convolutions2 = TwoConvolutions(8, 16, rngs=rngs)
        self.two_convolutions3 = TwoConvolutions(16, 32, rngs=rngs)
        self.upconv1 = ops.ConvTranspose(32, 16, (2, 2), strides=2, rngs=rngs)
        self.two_convolutions4 = TwoConvolutions(32, 16, rngs=rngs)
        self.upconv2 = ops.ConvTranspose(16, 8, (2, 2), strides=2, rngs=rngs)
        self.two_convolutions5 = TwoConvolutions(16, 8, rngs=rngs)
        self.kind = ops.Linear(8, 3, rngs=rngs)

    def __call__(self, image, *, train=False):
        two_convolutions1 = self.two_convolutions1(image, train=train)  # [batch, 32, 32, 8]
        x = ops.max_pool(two_convolutions1, 2)  # [batch, 16, 16, 8]
        two_convolutions2 = self.two_convolutions2(x, train=train)  # [batch, 16, 16, 16]
        x = ops.max_pool(two_convolutions2, 2)  # [batch, 8, 8, 16]
        x = self.two_convolutions3(x, train=train)  # [batch, 8, 8, 32]
        x = jnp.concatenate([self.upconv1(x), two_convolutions2], axis=-1)  # [batch, 16, 16, 32]
        x = self.two_convolutions4(x, train=train)  # [batch, 16, 16, 16]
        x = jnp.concatenate([self.upconv2(x), two_convolutions1], axis=-1)  # [batch, 32, 32, 16]
        x = self.two_convolutions5(x, train=train)  # [batch, 32, 32, 8]
        return {"kind": self.kind(x)}  # [batch, 32, 32, 3]
