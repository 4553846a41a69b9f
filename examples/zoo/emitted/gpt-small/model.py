# Written by Flaxen 0.1.0. Yours to change.
"""GptSmall: ids [batch, 64] -> next, the next of 128 tokens. 366,560 parameters."""

from flax import nnx

from flaxen import ops


class Block(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.layer_norm1 = ops.LayerNorm(96, epsilon=1e-5, rngs=rngs)
        self.attention1 = ops.Attention(96, 4, causal=True, rngs=rngs)
        self.layer_norm2 = ops.LayerNorm(96, epsilon=1e-5, rngs=rngs)
        self.dense1 = ops.Linear(96, 384, rngs=rngs)
        self.dense2 = ops.Linear(384, 96, rngs=rngs)

    def __call__(self, x):
        x = x + self.attention1(self.layer_norm1(x))
        y = ops.gelu(self.dense1(self.layer_norm2(x)))  # [batch, 64, 384]
        return x + self.dense2(y)


class GptSmall(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.embedding1 = nnx.Embed(128, 96, rngs=rngs)
        self.positions1 = ops.LearnedPositions(64, 96, rngs=rngs)
        self.layers1 = nnx.List([Block(rngs) for _ in range(3)])
        self.layer_norm1 = ops.LayerNorm(96, epsilon=1e-5, rngs=rngs)
        self.next = ops.Linear(96, 128, rngs=rngs)

    def __call__(self, ids):
        x = self.positions1(self.embedding1(ids))  # [batch, 64, 96]
        for layer in self.layers1:
            x = layer(x)
        x = self.layer_norm1(x)
        return {"next": self.next(x)}  # [batch, 64, 128]
