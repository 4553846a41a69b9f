# Written by Flaxen 0.1.0. Yours to change.
"""Trains Housing (model.py). Every number that a run may change is in config.json: python train.py [config.json]"""

import functools
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from flaxen import data, run
from model import Housing

SUMS = ("loss", "price/squared_error", "price/target", "price/target_squared", "rows")  # what a batch is summed up in

graph = nnx.graphdef(nnx.eval_shape(lambda: Housing(nnx.Rngs(0))))


def optimizer(hp):
    return optax.adamw(hp["learning_rate"], b1=hp["b1"], b2=hp["b2"], eps=hp["eps"], weight_decay=hp["weight_decay"])


@jax.jit
def init(key, hp):
    """Returns the carry: parameters, the model's other state, the optimizer's state."""
    model = Housing(nnx.Rngs(key))
    params, rest = (nnx.to_pure_dict(state) for state in nnx.split(model, nnx.Param, ...)[1:])
    return params, rest, optimizer(hp).init(params)


def inputs(batch):
    """From rows of the data to what the model reads."""
    return {"house": batch["house"]}  # [batch, 4]


def loss_fn(params, rest, hp, batch, weight, train):
    """Returns the mean loss, the model's new state and the batch's sums; weight: [batch], 0 where a row only fills."""
    model = nnx.merge(graph, params, rest)
    price = model(**inputs(batch))["price"]  # [batch, 1]
    error = jnp.square(price - batch["price"])  # [batch, 1]
    loss = error.mean(-1)  # [batch]
    target = batch["price"] - hp["price_mean"]  # small numbers: the sums of r2 keep their digits
    sums = {
        "loss": (loss * weight).sum(),
        "price/squared_error": (error[:, 0] * weight).sum(),
        "price/target": (target[:, 0] * weight).sum(),
        "price/target_squared": (jnp.square(target[:, 0]) * weight).sum(),
        "rows": weight.sum(),
    }
    return sums["loss"] / sums["rows"], (nnx.to_pure_dict(nnx.state(model, nnx.Not(nnx.Param))), sums)


def finish(sums):
    """Sums over any number of batches -> the metrics of all their rows."""
    squared_distances = sums["price/target_squared"] - sums["price/target"] ** 2 / sums["rows"]
    # NaN where all are alike
    spread = np.where(squared_distances > 1e-6 * sums["price/target_squared"], squared_distances, np.nan)
    return {
        "loss": sums["loss"] / sums["rows"],
        "price/loss": sums["loss"] / sums["rows"],
        "price/rmse": np.sqrt(sums["price/squared_error"] / sums["rows"]),
        "price/r2": 1 - sums["price/squared_error"] / spread,
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
    """What the model predicts: {"price": values [batch, 1]}."""
    params, rest, _ = carry
    model = nnx.merge(graph, params, rest)
    return model(**inputs(batch))


def main(config):
    with run.open(config, init, train_steps, evaluate, finish) as r:
        train, validation, test = data.load(config)
        carry = r.init(train, validation, test)
        for epoch in r.epochs():
            for count, index, weight in r.chunks(epoch):
                carry, sums = r.train_steps(carry, count, train, index, weight)
                r.steps(count, sums)
            if r.epoch(epoch, carry, r.evaluate(carry, validation)):
                break
        r.test(carry, test)
        r.save(carry)


if __name__ == "__main__":
    main(run.read_config(sys.argv[1:]))
