# Written by Flaxen 0.1.0. Yours to change.
"""Trains LstmTagger (model.py). Every number that a run may change is in config.json: python train.py [config.json]"""

import functools
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from flaxen import data, run
from model import LstmTagger

SUMS = ("loss", "part/accuracy", "part/right_rows", "part/counted_rows", "positions")  # what a batch is summed up in

graph = nnx.graphdef(nnx.eval_shape(lambda: LstmTagger(nnx.Rngs(0))))


def learning_rate(step, hp):
    """Falls from its peak to zero along a cosine."""
    progress = step / jnp.maximum(hp["total_steps"], 1)
    return hp["learning_rate"] * 0.5 * (1 + jnp.cos(jnp.pi * jnp.clip(progress, 0, 1)))


def optimizer(hp):
    return optax.adam(lambda step: learning_rate(step, hp), b1=hp["b1"], b2=hp["b2"], eps=hp["eps"])


@jax.jit
def init(key, hp):
    """Returns the carry: parameters, the model's other state, the optimizer's state."""
    model = LstmTagger(nnx.Rngs(key))
    params, rest = (nnx.to_pure_dict(state) for state in nnx.split(model, nnx.Param, ...)[1:])
    return params, rest, optimizer(hp).init(params)


def inputs(batch):
    """From rows of the data to what the model reads."""
    return {"words": batch["words"]}  # [batch, 12]


def loss_fn(params, rest, hp, batch, weight, train):
    """Returns the mean loss, the model's new state and the batch's sums; weight: [batch], 0 where a row only fills."""
    model = nnx.merge(graph, params, rest)
    part = model(**inputs(batch), hp=hp, train=train)["part"]  # [batch, 12, 6]
    counted = weight[:, None] * (batch["part"] >= 0)  # [batch, 12]
    loss = optax.softmax_cross_entropy_with_integer_labels(part, batch["part"])  # [batch, 12]
    row_counted = counted.max(1)  # [batch]
    row_right = jnp.where(counted > 0, part.argmax(-1) == batch["part"], True).all(1)  # [batch]
    sums = {
        "loss": (loss * counted).sum(),
        "part/accuracy": ((part.argmax(-1) == batch["part"]) * counted).sum(),
        "part/right_rows": (row_right * row_counted).sum(),
        "part/counted_rows": row_counted.sum(),
        "positions": counted.sum(),
    }
    mean_loss = sums["loss"] / jnp.maximum(sums["positions"], 1e-9)
    return mean_loss, (nnx.to_pure_dict(nnx.state(model, nnx.Not(nnx.Param))), sums)


def finish(sums):
    """Sums over any number of batches -> the metrics of all their rows."""
    positions = np.maximum(sums["positions"], 1e-9)
    return {
        "loss": sums["loss"] / positions,
        "part/loss": sums["loss"] / positions,
        "part/accuracy": sums["part/accuracy"] / positions,
        "part/sequenceAccuracy": sums["part/right_rows"] / np.maximum(sums["part/counted_rows"], 1e-9),
    }


@functools.partial(jax.jit, donate_argnums=0)
def train_steps(carry, hp, count, dataset, index, weight):
    """Runs `count` steps on the device; index, weight: [chunk, batch]. Returns the carry and the sums of each step."""

    def step(i, state):
        (params, rest, opt_state), log = state
        batch = {name: column[index[i]] for name, column in dataset.items()}
        gradient = jax.value_and_grad(loss_fn, has_aux=True)
        (_, (rest, sums)), grads = gradient(params, rest, hp, batch, weight[i], train=True)
        updates, opt_state = optimizer(hp).update(grads, opt_state, params)
        log = {name: log[name].at[i].set(sums[name]) for name in SUMS}
        return (optax.apply_updates(params, updates), rest, opt_state), log

    log = {name: jnp.zeros(len(index)) for name in SUMS}
    return jax.lax.fori_loop(0, count, step, (carry, log))


@jax.jit
def evaluate(carry, hp, dataset, index, weight):
    """The sums of each batch; nothing is learnt or dropped. index, weight: [batches, batch]."""
    params, rest, _ = carry

    def step(i, log):
        batch = {name: column[index[i]] for name, column in dataset.items()}
        _, (_, sums) = loss_fn(params, rest, hp, batch, weight[i], train=False)
        return {name: log[name].at[i].set(sums[name]) for name in SUMS}

    log = {name: jnp.zeros(len(index)) for name in SUMS}
    return jax.lax.fori_loop(0, len(index), step, log)


@jax.jit
def predict(carry, hp, batch):
    """What the model predicts: {"part": probabilities [batch, 12, 6]}."""
    params, rest, _ = carry
    model = nnx.merge(graph, params, rest)
    outputs = model(**inputs(batch), hp=hp)
    return {"part": nnx.softmax(outputs["part"])}


def main(config):
    with run.open(config, init, train_steps, evaluate, finish) as r:
        train, validation = data.load(config)
        carry = r.init(train, validation)
        for epoch in r.epochs():
            for count, index, weight in r.chunks(epoch):
                carry, sums = r.train_steps(carry, count, train, index, weight)
                r.steps(count, sums)
            if r.epoch(epoch, carry, r.evaluate(carry, validation)):
                break
        r.save(carry)


if __name__ == "__main__":
    main(run.read_config(sys.argv[1:]))
