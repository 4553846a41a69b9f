# Written by Flaxen 0.1.0. Yours to change.
"""VitTiny: image [batch, 28, 28, 1] -> digit, 10 classes. 205,002 parameters."""

import jax.numpy as jnp
from flax import nnx

from flaxen import ops


class PatchEmbed(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(1, 64, (7, 7), strides=7, padding="VALID", rngs=rngs)

    def __call__(self, x):
        x = self.conv1(x)  # [batch, 4, 4, 64]
        return x.reshape(x.shape[0], -1, 64)  # [batch, 16, 64]


class EncoderLayer(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.layer_norm1 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.attention1 = ops.Attention(64, 4, rngs=rngs)
        self.layer_norm2 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.dense1 = ops.Linear(64, 256, rngs=rngs)
        self.dense2 = ops.Linear(256, 64, rngs=rngs)

    def __call__(self, x):
        x = x + self.attention1(self.layer_norm1(x))
        y = ops.gelu(self.dense1(self.layer_norm2(x)))  # [batch, 17, 256]
        return x + self.dense2(y)


class VitTiny(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.patch_embed1 = PatchEmbed(rngs)
        self.positions1 = ops.LearnedPositions(17, 64, rngs=rngs)
        self.layers1 = nnx.List([EncoderLayer(rngs) for _ in range(4)])
        self.layer_norm1 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.digit = nnx.Linear(64, 10, rngs=rngs)

    def __call__(self, image):
        x = self.positions1(jnp.pad(self.patch_embed1(image), ((0, 0), (1, 0), (0, 0))))  # [batch, 17, 64]
        for layer in self.layers1:
            x = layer(x)
        x = self.layer_norm1(x)[:, :1]  # [batch, 1, 64]
        x = x.reshape(x.shape[0], -1)  # [batch, 64]
        return {"digit": self.digit(x)}  # [batch, 10]
