# Written by Flaxen 0.1.0. Yours to change.
"""Trains Tabular (model.py). Every number that a run may change is in config.json: python train.py [config.json]"""

import functools
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from flaxen import data, run
from model import Tabular

SUMS = {  # what a batch is summed up in, and its shape
    "loss": (),
    "outcome/positive": (2048,),
    "outcome/negative": (2048,),
    "outcome/true_positive": (),
    "outcome/predicted": (),
    "outcome/actual": (),
    "rows": (),
}

graph = nnx.graphdef(nnx.eval_shape(lambda: Tabular(nnx.Rngs(0))))


def learning_rate(step, hp):
    """Falls from its peak to zero along a cosine."""
    progress = step / jnp.maximum(hp["total_steps"], 1)
    return hp["learning_rate"] * 0.5 * (1 + jnp.cos(jnp.pi * jnp.clip(progress, 0, 1)))


def optimizer(hp):
    return optax.adamw(
        lambda step: learning_rate(step, hp), b1=hp["b1"], b2=hp["b2"], eps=hp["eps"], weight_decay=hp["weight_decay"]
    )


@jax.jit
def init(key, hp):
    """Returns the carry: parameters, the model's other state, the optimizer's state."""
    model = Tabular(nnx.Rngs(key))
    params, rest = (nnx.to_pure_dict(state) for state in nnx.split(model, nnx.Param, ...)[1:])
    return params, rest, optimizer(hp).init(params)


def inputs(batch):
    """From rows of the data to what the model reads."""
    return {
        "numbers": batch["numbers"],  # [batch, 4]
        "categories": batch["categories"],  # [batch, 3]
    }


def loss_fn(params, rest, hp, batch, weight, train):
    """Returns the mean loss, the model's new state and the batch's sums; weight: [batch], 0 where a row only fills."""
    model = nnx.merge(graph, params, rest)
    outcome = model(**inputs(batch), hp=hp, train=train)["outcome"][..., 0]  # [batch]
    # [batch]
    loss = (1 + (hp["outcome_pos_weight"] - 1) * batch["outcome"]) * optax.sigmoid_binary_cross_entropy(
        outcome, batch["outcome"]
    )
    clipped = outcome.clip(-16, 16)  # [batch]; logits of one of the 2048 bins count as equal
    predicted = outcome > 0  # [batch]
    sums = {
        "loss": (loss * weight).sum(),
        "outcome/positive": jnp.histogram(clipped, 2048, (-16, 16), weights=weight * batch["outcome"])[0],  # [2048]
        "outcome/negative": jnp.histogram(clipped, 2048, (-16, 16), weights=weight * (1 - batch["outcome"]))[0],
        "outcome/true_positive": (predicted * batch["outcome"] * weight).sum(),
        "outcome/predicted": (predicted * weight).sum(),
        "outcome/actual": (batch["outcome"] * weight).sum(),
        "rows": weight.sum(),
    }
    return sums["loss"] / sums["rows"], (nnx.to_pure_dict(nnx.state(model, nnx.Not(nnx.Param))), sums)


def finish(sums):
    """Sums over any number of batches -> the metrics of all their rows."""
    # of every bin: zeros below it, and half of its own
    below = np.cumsum(sums["outcome/negative"], -1) - sums["outcome/negative"] / 2
    found = np.flip(sums["outcome/positive"], -1)  # ones, from the highest bin down
    precisions = np.cumsum(found, -1) / np.maximum(np.cumsum(found + np.flip(sums["outcome/negative"], -1), -1), 1e-9)
    # classes that labels name
    named = np.add(sums["outcome/actual"] > 1e-9, sums["rows"] - sums["outcome/actual"] > 1e-9, dtype=int)
    return {
        "loss": sums["loss"] / sums["rows"],
        "outcome/loss": sums["loss"] / sums["rows"],
        "outcome/rocAuc": (sums["outcome/positive"] * below).sum(-1)
        / (sums["outcome/positive"].sum(-1) * sums["outcome/negative"].sum(-1)),
        "outcome/prAuc": (found * precisions).sum(-1) / found.sum(-1),
        "outcome/recall": np.where(
            sums["outcome/predicted"] + sums["outcome/actual"] > 0,
            sums["outcome/true_positive"] / np.maximum(sums["outcome/actual"], 1e-9),
            np.nan,
        ),
        "outcome/balancedAccuracy": (
            sums["outcome/true_positive"] / np.maximum(sums["outcome/actual"], 1e-9)
            + (sums["rows"] - sums["outcome/actual"] + sums["outcome/true_positive"] - sums["outcome/predicted"])
            / np.maximum(sums["rows"] - sums["outcome/actual"], 1e-9)
        )
        / named,
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

    log = {name: jnp.zeros((len(index), *shape)) for name, shape in SUMS.items()}
    return jax.lax.fori_loop(0, count, step, (carry, log))


@jax.jit
def evaluate(carry, hp, dataset, index, weight):
    """The sums of each batch; nothing is learnt or dropped. index, weight: [batches, batch]."""
    params, rest, _ = carry

    def step(i, log):
        batch = {name: column[index[i]] for name, column in dataset.items()}
        _, (_, sums) = loss_fn(params, rest, hp, batch, weight[i], train=False)
        return {name: log[name].at[i].set(sums[name]) for name in SUMS}

    log = {name: jnp.zeros((len(index), *shape)) for name, shape in SUMS.items()}
    return jax.lax.fori_loop(0, len(index), step, log)


@jax.jit
def predict(carry, hp, batch):
    """What the model predicts: {"outcome": probabilities [batch]}."""
    params, rest, _ = carry
    model = nnx.merge(graph, params, rest)
    outputs = model(**inputs(batch), hp=hp)
    return {"outcome": nnx.sigmoid(outputs["outcome"][..., 0])}


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
