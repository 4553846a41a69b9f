# Written by Flaxen 0.1.0. Yours to change.
"""Trains MultiTask (model.py). Every number that a run may change is in config.json: python train.py [config.json]"""

import functools
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from flaxen import data, run
from model import MultiTask

SUMS = {  # what a batch is summed up in, and its shape
    "loss": (),
    "distance/loss": (),
    "distance/squared_error": (),
    "distance/target": (),
    "distance/target_squared": (),
    "time/loss": (),
    "time/squared_error": (),
    "time/target": (),
    "time/target_squared": (),
    "lands/loss": (),
    "lands/accuracy": (),
    "lands/true_positive": (3,),
    "lands/predicted": (3,),
    "lands/actual": (3,),
    "rows": (),
}

graph = nnx.graphdef(nnx.eval_shape(lambda: MultiTask(nnx.Rngs(0))))


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
    model = MultiTask(nnx.Rngs(key))
    params, rest = (nnx.to_pure_dict(state) for state in nnx.split(model, nnx.Param, ...)[1:])
    return params, rest, optimizer(hp).init(params)


def inputs(batch):
    """From rows of the data to what the model reads."""
    return {"thrown": batch["thrown"]}  # [batch, 4]


def loss_fn(params, rest, hp, batch, weight, train):
    """Returns the mean loss, the model's new state and the batch's sums; weight: [batch], 0 where a row only fills."""
    model = nnx.merge(graph, params, rest)
    outputs = model(**inputs(batch))
    distance = outputs["distance"]  # [batch, 1]
    distance_error = jnp.square(distance - batch["distance"])  # [batch, 1]
    distance_loss = distance_error.mean(-1)  # [batch]
    distance_own_error = distance_error * jnp.square(hp["distance_scale"])  # [batch, 1], in the target's own unit
    # small numbers: the sums of r2 keep their digits
    distance_target = (batch["distance"] - hp["distance_mean"]) * hp["distance_scale"]
    time = outputs["time"]  # [batch, 1]
    time_loss = optax.huber_loss(time, batch["time"], delta=hp["time_delta"]).mean(-1)  # [batch]
    time_error = jnp.square(time - batch["time"])  # [batch, 1]
    time_own_error = time_error * jnp.square(hp["time_scale"])  # [batch, 1], in the target's own unit
    # small numbers: the sums of r2 keep their digits
    time_target = (batch["time"] - hp["time_mean"]) * hp["time_scale"]
    lands = outputs["lands"]  # [batch, 3]
    lands_loss = optax.softmax_cross_entropy_with_integer_labels(lands, batch["lands"])  # [batch]
    lands_predicted = jax.nn.one_hot(lands.argmax(-1), 3)  # [batch, 3]
    lands_actual = jax.nn.one_hot(batch["lands"], 3)  # [batch, 3]
    # [batch]
    loss = hp["distance_weight"] * distance_loss + hp["time_weight"] * time_loss + hp["lands_weight"] * lands_loss
    sums = {
        "loss": (loss * weight).sum(),
        "distance/loss": (distance_loss * weight).sum(),
        "distance/squared_error": (distance_own_error[:, 0] * weight).sum(),
        "distance/target": (distance_target[:, 0] * weight).sum(),
        "distance/target_squared": (jnp.square(distance_target[:, 0]) * weight).sum(),
        "time/loss": (time_loss * weight).sum(),
        "time/squared_error": (time_own_error[:, 0] * weight).sum(),
        "time/target": (time_target[:, 0] * weight).sum(),
        "time/target_squared": (jnp.square(time_target[:, 0]) * weight).sum(),
        "lands/loss": (lands_loss * weight).sum(),
        "lands/accuracy": ((lands.argmax(-1) == batch["lands"]) * weight).sum(),
        "lands/true_positive": weight @ (lands_predicted * lands_actual),  # [3]
        "lands/predicted": weight @ lands_predicted,  # [3]
        "lands/actual": weight @ lands_actual,  # [3]
        "rows": weight.sum(),
    }
    return sums["loss"] / sums["rows"], (nnx.to_pure_dict(nnx.state(model, nnx.Not(nnx.Param))), sums)


def finish(sums):
    """Sums over any number of batches -> the metrics of all their rows."""
    distance_squared_distances = sums["distance/target_squared"] - sums["distance/target"] ** 2 / sums["rows"]
    # NaN where all are alike
    distance_spread = np.where(
        distance_squared_distances > 1e-6 * sums["distance/target_squared"], distance_squared_distances, np.nan
    )
    time_squared_distances = sums["time/target_squared"] - sums["time/target"] ** 2 / sums["rows"]
    # NaN where all are alike
    time_spread = np.where(time_squared_distances > 1e-6 * sums["time/target_squared"], time_squared_distances, np.nan)
    lands_occurring = (sums["lands/predicted"] + sums["lands/actual"] > 0).sum(-1)
    return {
        "loss": sums["loss"] / sums["rows"],
        "distance/loss": sums["distance/loss"] / sums["rows"],
        "distance/rmse": np.sqrt(sums["distance/squared_error"] / sums["rows"]),
        "distance/r2": 1 - sums["distance/squared_error"] / distance_spread,
        "time/loss": sums["time/loss"] / sums["rows"],
        "time/r2": 1 - sums["time/squared_error"] / time_spread,
        "lands/loss": sums["lands/loss"] / sums["rows"],
        "lands/accuracy": sums["lands/accuracy"] / sums["rows"],
        "lands/macroF1": (
            2 * sums["lands/true_positive"] / np.maximum(sums["lands/predicted"] + sums["lands/actual"], 1e-9)
        ).sum(-1)
        / lands_occurring,
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
    """What the model predicts.

    distance: values [batch, 1]
    time: values [batch, 1]
    lands: probabilities [batch, 3]
    """
    params, rest, _ = carry
    model = nnx.merge(graph, params, rest)
    outputs = model(**inputs(batch))
    return {"distance": outputs["distance"], "time": outputs["time"], "lands": nnx.softmax(outputs["lands"])}


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
