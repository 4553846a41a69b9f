"""Attention and positions as their papers define them, in NumPy, head by head. x: [rows, time, features], float64."""

import numpy as np


def attention(x, heads, causal, rope=None, mask=None, **options):
    return attended(x, x, heads, causal=causal, rope=rope, mask=mask, **options)


def cross_attention(x, context, heads, mask=None, **options):
    return attended(x, context, heads, mask=mask, **options)


def attended(
    x,
    context,
    heads,
    query_kernel,
    key_kernel,
    value_kernel,
    out_kernel,
    head_features=None,
    key_value_heads=None,
    causal=False,
    rope=None,
    mask=None,
    query_bias=0.0,
    key_bias=0.0,
    value_bias=0.0,
    out_bias=0.0,
):
    key_value_heads = key_value_heads or heads
    width = query_kernel.shape[1] // heads
    assert width == (head_features or x.shape[-1] // heads)
    queries = np.split(x @ query_kernel + query_bias, heads, -1)
    keys = np.split(context @ key_kernel + key_bias, key_value_heads, -1)
    values = np.split(context @ value_kernel + value_bias, key_value_heads, -1)
    seen = np.ones((len(x), x.shape[1], context.shape[1]), bool)
    if causal:
        seen &= np.tri(x.shape[1], dtype=bool)
    if mask is not None:
        seen &= mask[:, None] > 0
    found = []
    for head in range(heads):
        shared = head // (heads // key_value_heads)
        query, key = queries[head], keys[shared]
        if rope:
            query, key = turned(query, rope["base"]), turned(key, rope["base"])
        scores = query @ key.swapaxes(1, 2) / np.sqrt(width)
        weights = np.exp(scores - scores.max(-1, keepdims=True)) * seen
        total = weights.sum(-1, keepdims=True)
        weights = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
        found.append(weights @ values[shared])
    return np.concatenate(found, -1) @ out_kernel + out_bias


def turned(x, base):
    """As complex numbers: feature i with feature i + half."""
    half = x.shape[-1] // 2
    pairs = x[..., :half] + 1j * x[..., half:]
    angles = np.arange(x.shape[1])[:, None] * base ** (-np.arange(half) / half)
    pairs = pairs * np.exp(1j * angles)
    return np.concatenate([pairs.real, pairs.imag], -1)


def learned_positions(x, length, embedding):
    assert embedding.shape == (length, x.shape[-1])
    return x + embedding[: x.shape[1]]


def sinusoidal_positions(x):
    places, features = np.arange(x.shape[1])[:, None], np.arange(x.shape[2])
    angles = places / 10_000 ** (features // 2 * 2 / x.shape[2])
    return x + np.where(features % 2, np.cos(angles), np.sin(angles))
