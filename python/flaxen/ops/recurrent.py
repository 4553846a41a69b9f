"""Recurrent layers: one matrix product of all steps' inputs, then a `lax.scan` over time.

The maths of PyTorch and Keras. Gates stand side by side in the columns of the weights.
"""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import lax

from flaxen.ops.products import dot


@functools.partial(jax.custom_vjp, nondiff_argnums=(0, 1))
def unroll(layer, reverse, inputs, counted, kernel, bias):
    """All states, [time, batch, units]; before the first step they are zeros.

    layer: has `forward` and `backward` of one step; inputs: [time, batch, gates * units]; counted: bool
    [time, batch, 1], false where a state stays as it is, or None; kernel: [units, gates * units]; bias: of its
    product, [gates * units], or None. JAX's own gradient of a scan would compute the gates twice and add to the
    kernel's gradient in every step: on a CPU a training step of an LSTM then takes 1.6 times as long.
    """
    return _forward(layer, reverse, inputs, counted, kernel, bias)[0]


def _forward(layer, reverse, inputs, counted, kernel, bias):
    def step(states, now):
        inputs, counted = now
        product = states[0] @ kernel
        new, saved = layer.forward(inputs, product if bias is None else product + bias, *states)
        if counted is not None:
            new = tuple(jnp.where(counted, *pair) for pair in zip(new, states, strict=True))
        return new, (new[0], saved)

    zeros = (jnp.zeros((inputs.shape[1], len(kernel)), inputs.dtype),) * layer.states
    _, (outputs, saved) = lax.scan(step, zeros, (inputs, counted), reverse=reverse)
    return outputs, (outputs, saved, counted, kernel, bias)


def _backward(layer, reverse, residuals, gradient):
    outputs, saved, counted, kernel, bias = residuals

    def step(gradients, now):
        gradient, saved, counted = now
        gradients = (gradients[0] + gradient, *gradients[1:])
        if counted is not None:
            passed = [jnp.where(counted, 0, each) for each in gradients]
            gradients = [jnp.where(counted, each, 0) for each in gradients]
        of_inputs, of_product, (direct, *others) = layer.backward(saved, *gradients)
        earlier = (of_product @ kernel.T + direct, *others)
        if counted is not None:
            earlier = tuple(map(jnp.add, earlier, passed))
        return earlier, (of_inputs, None if of_product is of_inputs else of_product)

    zero = jnp.zeros_like(outputs[:1])
    _, (of_inputs, of_product) = lax.scan(
        step, (zero[0],) * layer.states, (gradient, saved, counted), reverse=not reverse
    )
    of_product = of_inputs if of_product is None else of_product
    before = jnp.concatenate([outputs[1:], zero] if reverse else [zero, outputs[:-1]])
    of_kernel = before.reshape(-1, before.shape[-1]).T @ of_product.reshape(-1, of_product.shape[-1])
    return of_inputs, None, of_kernel, None if bias is None else of_product.sum((0, 1))


unroll.defvjp(_forward, _backward)


def sigmoid(x):
    """By the hyperbolic tangent, which a CPU computes faster."""
    return 0.5 * jnp.tanh(0.5 * x) + 0.5


class Recurrent(nnx.Module):
    """What the layers share. Each has the number of its gates and of the arrays of its state, and one step:

    forward(inputs, product, *states) -> (new states), saved: inputs and product are [batch, gates * units], the
    second one of the state and the recurrent kernel; states [batch, units].
    backward(saved, *gradients of the new states) -> gradients of the inputs, of the product, and of the earlier states
    where they enter otherwise.
    """

    gates = 1
    states = 1
    recurrent_bias = None

    def __init__(
        self, features: int, units: int, *, return_sequences: bool = False, reverse: bool = False, rngs: nnx.Rngs
    ):
        """return_sequences: all states come out, not only the last; reverse: the sequence is read from its end."""
        width = self.gates * units
        self.kernel = nnx.Param(jax.nn.initializers.glorot_uniform()(rngs.params(), (features, width)))
        self.recurrent_kernel = nnx.Param(jax.nn.initializers.orthogonal()(rngs.params(), (units, width)))
        self.bias = nnx.Param(jnp.zeros(width))
        self.return_sequences, self.reverse = return_sequences, reverse

    def __call__(self, x, mask=None):
        """The last state, [batch, units], or all of them, [batch, time, units], in the order of the input.

        x: [batch, time, features]; mask: whole numbers [batch, time], 0 where the state stays as it is.
        """
        inputs = dot(jnp.swapaxes(x, 0, 1), self.kernel[...]) + self.bias[...]  # [time, batch, gates * units]
        counted = None if mask is None else (mask.T != 0)[..., None]  # [time, batch, 1]
        bias = None if self.recurrent_bias is None else self.recurrent_bias[...]
        outputs = unroll(type(self), self.reverse, inputs, counted, self.recurrent_kernel[...], bias)
        if self.return_sequences:
            return jnp.swapaxes(outputs, 0, 1)
        return outputs[0 if self.reverse else -1]


class SimpleRNN(Recurrent):
    """state = tanh(x @ kernel + state @ recurrent_kernel + bias)."""

    @staticmethod
    def forward(inputs, product, state):
        state = jnp.tanh(inputs + product)
        return (state,), 1 - state**2

    @staticmethod
    def backward(slope, of_state):
        of_inputs = of_state * slope
        return of_inputs, of_inputs, (0,)


class LSTM(Recurrent):
    """Long short-term memory; the gates are input, forget, cell, output, and the forget gate's bias starts at 1."""

    gates = 4
    states = 2

    def __init__(self, features: int, units: int, **options):
        super().__init__(features, units, **options)
        self.bias[...] = self.bias[...].at[units : 2 * units].set(1.0)

    @staticmethod
    def forward(inputs, product, state, memory):
        half = np.repeat(np.array([0.5, 0.5, 1, 0.5], inputs.dtype), state.shape[-1])
        opened = jnp.tanh((inputs + product) * half) * half + (1 - half)  # sigmoid of all but the third, which is tanh
        admit, forget, new, show = jnp.split(opened, 4, -1)
        kept, memory = memory, forget * memory + admit * new
        seen = jnp.tanh(memory)
        slopes = (
            new * admit * (1 - admit),
            kept * forget * (1 - forget),
            admit * (1 - new**2),
            seen * show * (1 - show),
        )
        return (show * seen, memory), (jnp.concatenate(slopes, -1), show * (1 - seen**2), forget)

    @staticmethod
    def backward(saved, of_state, of_memory):
        slopes, slope, forget = saved
        of_memory = of_memory + of_state * slope
        of_inputs = slopes * jnp.concatenate([of_memory, of_memory, of_memory, of_state], -1)
        return of_inputs, of_inputs, (0, of_memory * forget)


class GRU(Recurrent):
    """Gated recurrent units; the gates are reset, update, new, and reset applies after the recurrent product."""

    gates = 3

    def __init__(self, features: int, units: int, **options):
        super().__init__(features, units, **options)
        self.recurrent_bias = nnx.Param(jnp.zeros(3 * units))

    @staticmethod
    def forward(inputs, product, state):
        opened = sigmoid(inputs[:, : 2 * state.shape[-1]] + product[:, : 2 * state.shape[-1]])
        reset, update = jnp.split(opened, 2, -1)
        own = product[:, 2 * state.shape[-1] :]
        new = jnp.tanh(inputs[:, 2 * state.shape[-1] :] + reset * own)
        slope = (1 - update) * (1 - new**2)
        both = (slope * own * reset * (1 - reset), (state - new) * update * (1 - update))
        of_inputs, of_product = (jnp.concatenate([*both, last], -1) for last in (slope, slope * reset))
        return ((1 - update) * new + update * state,), (of_inputs, of_product, update)

    @staticmethod
    def backward(saved, of_state):
        of_inputs, of_product, update = saved
        three = jnp.tile(of_state, 3)
        return three * of_inputs, three * of_product, (of_state * update,)


class Bidirectional(nnx.Module):
    """A layer for each way; their outputs stand side by side: [..., 2 * units]."""

    def __init__(self, forward: Recurrent, backward: Recurrent):
        self.forward, self.backward = forward, backward

    def __call__(self, x, mask=None):
        """x: [batch, time, features]; mask: whole numbers [batch, time], 0 where a position is padding."""
        return jnp.concatenate([self.forward(x, mask), self.backward(x, mask)], -1)
