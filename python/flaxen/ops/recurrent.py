"""Recurrent layers: one matrix product of all steps' inputs, then a `lax.scan` over time.

The maths of PyTorch and Keras. Gates stand side by side in the columns of the weights.
"""

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax


class Recurrent(nnx.Module):
    """What the layers share; each has its cell, the number of its gates and of the arrays of its state."""

    gates = 1
    states = 1

    def __init__(
        self, features: int, units: int, *, return_sequences: bool = False, reverse: bool = False, rngs: nnx.Rngs
    ):
        """return_sequences: all states come out, not only the last; reverse: the sequence is read from its end."""
        width = self.gates * units
        self.kernel = nnx.Param(jax.nn.initializers.glorot_uniform()(rngs.params(), (features, width)))
        self.recurrent_kernel = nnx.Param(jax.nn.initializers.orthogonal()(rngs.params(), (units, width)))
        self.bias = nnx.Param(jnp.zeros(width))
        self.units, self.return_sequences, self.reverse = units, return_sequences, reverse

    def __call__(self, x, mask=None):
        """The last state, [batch, units], or all of them, [batch, time, units], in the order of the input.

        x: [batch, time, features]; mask: whole numbers [batch, time], 0 where the state stays as it is.
        """
        inputs = jnp.swapaxes(x, 0, 1) @ self.kernel[...] + self.bias[...]  # [time, batch, gates * units]
        counted = None if mask is None else (mask.T != 0)[..., None]  # [time, batch, 1]
        cell = self.cell()

        def step(state, now):
            inputs, counted = now
            new = cell(inputs, *state)
            if counted is not None:
                new = tuple(jnp.where(counted, *pair) for pair in zip(new, state, strict=True))
            return new, new[0] if self.return_sequences else None

        zeros = (jnp.zeros((len(x), self.units), inputs.dtype),) * self.states
        last, outputs = lax.scan(step, zeros, (inputs, counted), reverse=self.reverse)
        return jnp.swapaxes(outputs, 0, 1) if self.return_sequences else last[0]


class SimpleRNN(Recurrent):
    """state = tanh(x @ kernel + state @ recurrent_kernel + bias)."""

    def cell(self):
        """(inputs, state) -> (new state,), all [batch, units]."""
        recurrent_kernel = self.recurrent_kernel[...]
        return lambda inputs, state: (jnp.tanh(inputs + state @ recurrent_kernel),)


class LSTM(Recurrent):
    """Long short-term memory; the gates are input, forget, cell, output, and the forget gate's bias starts at 1."""

    gates = 4
    states = 2

    def __init__(self, features: int, units: int, **options):
        super().__init__(features, units, **options)
        self.bias[...] = self.bias[...].at[units : 2 * units].set(1.0)

    def cell(self):
        """(inputs [batch, 4 * units], state, memory) -> (new state, new memory), each [batch, units]."""
        recurrent_kernel = self.recurrent_kernel[...]

        def next_states(inputs, state, memory):
            admit, forget, new, show = jnp.split(inputs + state @ recurrent_kernel, 4, -1)
            memory = jax.nn.sigmoid(forget) * memory + jax.nn.sigmoid(admit) * jnp.tanh(new)
            return jax.nn.sigmoid(show) * jnp.tanh(memory), memory

        return next_states


class GRU(Recurrent):
    """Gated recurrent units; the gates are reset, update, new, and reset applies after the recurrent product."""

    gates = 3

    def __init__(self, features: int, units: int, **options):
        super().__init__(features, units, **options)
        self.recurrent_bias = nnx.Param(jnp.zeros(3 * units))

    def cell(self):
        """(inputs [batch, 3 * units], state [batch, units]) -> (new state,)."""
        recurrent_kernel, recurrent_bias = self.recurrent_kernel[...], self.recurrent_bias[...]

        def next_states(inputs, state):
            reset, update, new = jnp.split(inputs, 3, -1)
            own_reset, own_update, own_new = jnp.split(state @ recurrent_kernel + recurrent_bias, 3, -1)
            update = jax.nn.sigmoid(update + own_update)
            new = jnp.tanh(new + jax.nn.sigmoid(reset + own_reset) * own_new)
            return ((1 - update) * new + update * state,)

        return next_states


class Bidirectional(nnx.Module):
    """A layer for each way; their outputs stand side by side: [..., 2 * units]."""

    def __init__(self, forward: Recurrent, backward: Recurrent):
        self.forward, self.backward = forward, backward

    def __call__(self, x, mask=None):
        """x: [batch, time, features]; mask: whole numbers [batch, time], 0 where a position is padding."""
        return jnp.concatenate([self.forward(x, mask), self.backward(x, mask)], -1)
