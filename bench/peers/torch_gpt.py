"""A small GPT in eager PyTorch, with its fused attention."""

import torch
from torch import nn

from torch_sequences import contest, tokens

VOCAB, LENGTH, FEATURES, HEADS, LAYERS = 128, 64, 128, 4, 4


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1 = nn.LayerNorm(FEATURES)
        self.qkv = nn.Linear(FEATURES, 3 * FEATURES)
        self.out = nn.Linear(FEATURES, FEATURES)
        self.norm2 = nn.LayerNorm(FEATURES)
        self.mlp = nn.Sequential(nn.Linear(FEATURES, 4 * FEATURES), nn.GELU(), nn.Linear(4 * FEATURES, FEATURES))

    def forward(self, x):
        rows, length, _ = x.shape
        query, key, value = self.qkv(self.norm1(x)).view(rows, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        seen = nn.functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.out(seen.transpose(1, 2).reshape(rows, length, FEATURES))
        return x + self.mlp(self.norm2(x))


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCAB, FEATURES)
        self.positions = nn.Parameter(torch.randn(LENGTH, FEATURES) * 0.02)
        self.layers = nn.Sequential(*(Layer() for _ in range(LAYERS)))
        self.norm = nn.LayerNorm(FEATURES)
        self.next = nn.Linear(FEATURES, VOCAB)

    def forward(self, ids):
        hidden = self.layers(self.embedding(ids) + self.positions)
        logits = self.next(self.norm(hidden))[:, :-1]
        return nn.functional.cross_entropy(logits.reshape(-1, VOCAB), ids[:, 1:].reshape(-1))


if __name__ == "__main__":
    contest(Gpt, tokens())
