"""Recurrent layers as PyTorch's manual defines them, in NumPy. x: [rows, time, features], float64; mask: [rows, time]."""

import numpy as np
from activation import sigmoid


def simple_rnn(x, units, return_sequences, direction, mask=None, **weights):
    def cell(inputs, state, recurrent_kernel):
        return [np.tanh(inputs + state[0] @ recurrent_kernel)]

    return read(cell, x, units, return_sequences, direction, mask, weights)


def lstm(x, units, return_sequences, direction, mask=None, **weights):
    def cell(inputs, state, recurrent_kernel):
        i, f, g, o = np.split(inputs + state[0] @ recurrent_kernel, 4, -1)
        memory = sigmoid(f) * state[1] + sigmoid(i) * np.tanh(g)
        return [sigmoid(o) * np.tanh(memory), memory]

    return read(cell, x, units, return_sequences, direction, mask, weights)


def gru(x, units, return_sequences, direction, mask=None, **weights):
    def cell(inputs, state, recurrent_kernel, recurrent_bias):
        r, z, n = np.split(inputs, 3, -1)
        own_r, own_z, own_n = np.split(state[0] @ recurrent_kernel + recurrent_bias, 3, -1)
        z = sigmoid(z + own_z)
        return [(1 - z) * np.tanh(n + sigmoid(r + own_r) * own_n) + z * state[0]]

    return read(cell, x, units, return_sequences, direction, mask, weights)


def read(cell, x, units, return_sequences, direction, mask, weights):
    if direction == "bidirectional":
        ways = [
            read(
                cell,
                x,
                units,
                return_sequences,
                way,
                mask,
                {name.removeprefix(prefix): weight for name, weight in weights.items() if name.startswith(prefix)},
            )
            for way, prefix in (("forward", "forward_"), ("reverse", "backward_"))
        ]
        return np.concatenate(ways, -1)
    own = {name: weight for name, weight in weights.items() if name.startswith("recurrent")}
    times = range(x.shape[1])
    state = [np.zeros((len(x), units))] * 2
    outputs = {}
    for time in reversed(times) if direction == "reverse" else times:
        new = cell(x[:, time] @ weights["kernel"] + weights["bias"], state, **own)
        if mask is not None:
            counted = mask[:, time, None] > 0
            new = [np.where(counted, *pair) for pair in zip(new, state, strict=False)]
        state = new
        outputs[time] = state[0]
    return np.stack([outputs[time] for time in times], 1) if return_sequences else state[0]
