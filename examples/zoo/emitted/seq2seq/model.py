# Written by Flaxen 0.1.0. Yours to change.
"""Seq2seq: answer [batch, 6], question [batch, 8] -> next, the next of 16 tokens. 171,664 parameters."""

from flax import nnx

from flaxen import ops


class EncoderLayer(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.layer_norm1 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.attention1 = ops.Attention(64, 4, rngs=rngs)
        self.layer_norm2 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.dense1 = ops.Linear(64, 128, rngs=rngs)
        self.dense2 = ops.Linear(128, 64, rngs=rngs)

    def __call__(self, x, mask):
        x = x + self.attention1(self.layer_norm1(x), mask=mask)
        y = ops.gelu(self.dense1(self.layer_norm2(x)))  # [batch, 8, 128]
        return x + self.dense2(y)


class DecoderLayer(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.layer_norm1 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.attention1 = ops.Attention(64, 4, causal=True, rngs=rngs)
        self.layer_norm2 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.cross_attention1 = ops.Attention(64, 4, rngs=rngs)
        self.layer_norm3 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.dense1 = ops.Linear(64, 128, rngs=rngs)
        self.dense2 = ops.Linear(128, 64, rngs=rngs)

    def __call__(self, x, context, context_mask):
        x = x + self.attention1(self.layer_norm1(x))
        x = x + self.cross_attention1(self.layer_norm2(x), context=context, mask=context_mask)
        y = ops.gelu(self.dense1(self.layer_norm3(x)))  # [batch, 6, 128]
        return x + self.dense2(y)


class Seq2seq(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.embedding1 = nnx.Embed(16, 64, rngs=rngs)
        self.positions1 = ops.LearnedPositions(6, 64, rngs=rngs)
        self.embedding2 = nnx.Embed(16, 64, rngs=rngs)
        self.positions2 = ops.LearnedPositions(8, 64, rngs=rngs)
        self.layers1 = nnx.List([EncoderLayer(rngs) for _ in range(2)])
        self.layer_norm1 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.layers2 = nnx.List([DecoderLayer(rngs) for _ in range(2)])
        self.layer_norm2 = ops.LayerNorm(64, epsilon=1e-5, rngs=rngs)
        self.next = ops.Linear(64, 16, rngs=rngs)

    def __call__(self, answer, question):
        x = self.positions1(self.embedding1(answer))  # [batch, 6, 64]
        y = self.positions2(self.embedding2(question))  # [batch, 8, 64]
        for layer in self.layers1:
            y = layer(y, question)
        y = self.layer_norm1(y)
        for layer in self.layers2:
            x = layer(x, y, question)
        x = self.layer_norm2(x)
        return {"next": self.next(x)}  # [batch, 6, 16]
