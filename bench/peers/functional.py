"""The digits MLP in plain JAX, by hand: dicts, one donated scan an epoch, metrics read one epoch behind."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import optax

from dataset import digits
from protocol import Marks, serve

SIZES = (64, 128, 128, 10)
BATCH, TRAIN_ROWS = 32, 1437
STEPS = -(-TRAIN_ROWS // BATCH)

optimizer = optax.adam(1e-3)


@jax.jit
def init(key):
    keys = jax.random.split(key, len(SIZES) - 1)
    params = {
        f"dense{i}": {
            "kernel": jax.nn.initializers.lecun_normal()(k, (inputs, outputs)),
            "bias": jnp.zeros(outputs),
        }
        for i, (k, inputs, outputs) in enumerate(zip(keys, SIZES, SIZES[1:], strict=False))
    }
    return params, optimizer.init(params)


def forward(params, x):
    x = jax.nn.relu(x @ params["dense0"]["kernel"] + params["dense0"]["bias"])
    x = jax.nn.relu(x @ params["dense1"]["kernel"] + params["dense1"]["bias"])
    return x @ params["dense2"]["kernel"] + params["dense2"]["bias"]


def loss_fn(params, image, digit, weight):
    logits = forward(params, image)
    losses = optax.softmax_cross_entropy_with_integer_labels(logits, digit)
    sums = {
        "loss": (losses * weight).sum(),
        "accuracy": ((logits.argmax(-1) == digit) * weight).sum(),
        "rows": weight.sum(),
    }
    return sums["loss"] / sums["rows"], sums


@functools.partial(jax.jit, donate_argnums=0)
def train_epoch(carry, image, digit, index, weight):
    def step(carry, batch):
        params, opt_state = carry
        rows, weight = batch
        grads, sums = jax.grad(loss_fn, has_aux=True)(params, image[rows], digit[rows], weight)
        updates, opt_state = optimizer.update(grads, opt_state, params)
        return (optax.apply_updates(params, updates), opt_state), sums

    return jax.lax.scan(step, carry, (index, weight))


@jax.jit
def evaluate(params, image, digit):
    return loss_fn(params, image, digit, jnp.ones(len(digit)))[1]


def report(history, sums, validation):
    """The epoch's metrics, and the loss of each of its steps."""
    sums, validation = jax.device_get((sums, validation))
    history.append(
        {
            "losses": sums["loss"] / sums["rows"],
            "loss": sums["loss"].sum() / sums["rows"].sum(),
            "accuracy": sums["accuracy"].sum() / sums["rows"].sum(),
            "val/loss": validation["loss"] / validation["rows"],
            "val/accuracy": validation["accuracy"] / validation["rows"],
        }
    )


def train(epochs):
    image, digit = (jnp.asarray(column) for column in digits())
    rows, held_out = (image[:TRAIN_ROWS], digit[:TRAIN_ROWS]), (image[TRAIN_ROWS:], digit[TRAIN_ROWS:])
    weight = jnp.asarray((np.arange(STEPS * BATCH) < TRAIN_ROWS).reshape(STEPS, BATCH), jnp.float32)
    carry, history, pending, marks = init(jax.random.key(0)), [], None, Marks()
    for epoch in range(epochs):
        order = np.random.default_rng((0, epoch)).permutation(np.arange(TRAIN_ROWS, dtype=np.int32))
        carry, sums = train_epoch(carry, *rows, np.resize(order, (STEPS, BATCH)), weight)
        validation = evaluate(carry[0], *held_out)
        if pending:
            report(history, *pending)
            marks.add(STEPS)
        pending = sums, validation
    report(history, *pending)
    marks.add(STEPS)
    return marks, f"val/accuracy {history[-1]['val/accuracy']:.3f}"


if __name__ == "__main__":
    serve(f"hand-written JAX {jax.__version__}", {"default": train})
