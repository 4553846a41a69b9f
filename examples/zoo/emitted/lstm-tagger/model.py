# Written by Flaxen 0.1.0. Yours to change.
"""LstmTagger: words [batch, 12] -> part, 6 classes. 15,942 parameters."""

from flax import nnx

from flaxen import ops


class LstmTagger(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.embedding1 = nnx.Embed(40, 24, rngs=rngs)
        self.lstm1 = ops.Bidirectional(
            ops.LSTM(24, 32, return_sequences=True, rngs=rngs),
            ops.LSTM(24, 32, return_sequences=True, reverse=True, rngs=rngs),
        )
        self.dropout1 = ops.Dropout(rngs)
        self.part = ops.Linear(64, 6, rngs=rngs)

    def __call__(self, words, hp, *, train=False):
        x = self.embedding1(words)  # [batch, 12, 24]
        x = self.lstm1(x, mask=words)  # [batch, 12, 64]
        x = self.dropout1(x, hp["dropout1"], train=train)
        return {"part": self.part(x)}  # [batch, 12, 6]
