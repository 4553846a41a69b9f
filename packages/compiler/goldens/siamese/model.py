# Written by Flaxen 0.1.0. Yours to change.
"""Pairs: left [batch, 6], right [batch, 6] -> same, 2 classes. 1,122 parameters."""

from flax import nnx

from flaxen import ops


class Encoder(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.embedding1 = nnx.Embed(20, 4, rngs=rngs)
        self.dense1 = nnx.Linear(24, 16, rngs=rngs)
        self.dropout1 = ops.Dropout(rngs)

    def __call__(self, x, hp, *, train=False):
        x = self.embedding1(x)  # [batch, 6, 4]
        x = x.reshape(x.shape[0], -1)  # [batch, 24]
        x = nnx.relu(self.dense1(x))  # [batch, 16]
        return self.dropout1(x, hp["encoder_dropout1"], train=train)


class Mixer(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.dense1 = nnx.Linear(16, 16, rngs=rngs)
        self.norm1 = nnx.BatchNorm(16, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

    def __call__(self, x, *, train=False):
        x = x + nnx.relu(self.dense1(x))
        return self.norm1(x, use_running_average=not train)


class Pairs(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.encoder = Encoder(rngs)
        self.mixer1 = Mixer(rngs)
        self.mixer2 = Mixer(rngs)
        self.same = nnx.Linear(16, 2, rngs=rngs)

    def __call__(self, left, right, hp, *, train=False):
        x = self.encoder(left, hp, train=train)  # [batch, 16]
        x = x + self.encoder(right, hp, train=train)
        x = self.mixer1(x, train=train)
        x = self.mixer2(x, train=train)
        return {"same": self.same(x)}  # [batch, 2]
