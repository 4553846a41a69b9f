"""Trains TwoHeads (model.py). Every number that a run may change is in config.json: python train.py [config.json]"""

import functools
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

from flaxen import data, run
from model import TwoHeads

SUMS = {  # what a batch is summed up in, and its shape
    "loss": (),
    "digit/loss": (),
    "digit/accuracy": (),
    "digit/top3": (),
    "centre/loss": (),
    "centre/squared_error": (2,),
    "centre/target": (2,),
    "centre/target_squared": (2,),
    "rows": (),
}

graph = nnx.graphdef(nnx.eval_shape(lambda: TwoHeads(nnx.Rngs(0))))


def optimizer(hp):
    return optax.adam(hp["learning_rate"], b1=hp["b1"], b2=hp["b2"], eps=hp["eps"])


@jax.jit
def init(key, hp):
    """Returns the carry: parameters, the model's other state, the optimizer's state."""
    model = TwoHeads(nnx.Rngs(key))
    params, rest = (nnx.to_pure_dict(state) for state in nnx.split(model, nnx.Param, ...)[1:])
    return params, rest, optimizer(hp).init(params)


def inputs(batch):
    """From rows of the data to what the model reads."""
    return {"image": batch["image"].astype(jnp.float32) / 255}  # [batch, 8, 8]


def loss_fn(params, rest, hp, batch, weight, train):
    """Returns the mean loss, the model's new state and the batch's sums; weight: [batch], 0 where a row only fills."""
    model = nnx.merge(graph, params, rest)
    outputs = model(**inputs(batch), hp=hp, train=train)
    digit, centre = outputs["digit"], outputs["centre"]  # [batch, 10], [batch, 2]
    digit_targets = optax.smooth_labels(jax.nn.one_hot(batch["digit"], 10), hp["digit_label_smoothing"])
    digit_loss = optax.softmax_cross_entropy(digit, digit_targets)  # [batch]
    digit_rank = (digit > jnp.take_along_axis(digit, batch["digit"][:, None], -1)).sum(-1)  # [batch]
    centre_error = jnp.square(centre - batch["centre"])  # [batch, 2]
    centre_loss = centre_error.mean(-1)  # [batch]
    centre_target = batch["centre"] - hp["centre_mean"]  # small numbers: the sums of r2 keep their digits
    loss = hp["digit_weight"] * digit_loss + hp["centre_weight"] * centre_loss
    sums = {
        "loss": (loss * weight).sum(),
        "digit/loss": (digit_loss * weight).sum(),
        "digit/accuracy": ((digit.argmax(-1) == batch["digit"]) * weight).sum(),
        "digit/top3": ((digit_rank < 3) * weight).sum(),
        "centre/loss": (centre_loss * weight).sum(),
        "centre/squared_error": weight @ centre_error,  # [2]
        "centre/target": weight @ centre_target,  # [2]
        "centre/target_squared": weight @ jnp.square(centre_target),  # [2]
        "rows": weight.sum(),
    }
    return sums["loss"] / sums["rows"], (nnx.to_pure_dict(nnx.state(model, nnx.Not(nnx.Param))), sums)


def finish(sums):
    """Sums over any number of batches -> the metrics of all their rows."""
    centre_spread = sums["centre/target_squared"] - sums["centre/target"] ** 2 / sums["rows"][..., None]
    return {
        "loss": sums["loss"] / sums["rows"],
        "digit/loss": sums["digit/loss"] / sums["rows"],
        "digit/accuracy": sums["digit/accuracy"] / sums["rows"],
        "digit/top3": sums["digit/top3"] / sums["rows"],
        "centre/loss": sums["centre/loss"] / sums["rows"],
        "centre/rmse": np.sqrt(sums["centre/squared_error"].mean(-1) / sums["rows"]),
        "centre/r2": (1 - sums["centre/squared_error"] / centre_spread).mean(-1),
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
def predict(carry, hp, batch):
    """Probabilities of classes, and values: {"digit": [batch, 10], "centre": [batch, 2]}."""
    params, rest, _ = carry
    model = nnx.merge(graph, params, rest)
    outputs = model(**inputs(batch), hp=hp)
    return {"digit": nnx.softmax(outputs["digit"]), "centre": outputs["centre"]}


def main(config):
    with run.open(config, init, train_steps, None, finish) as r:
        train, _ = data.load(config)
        carry = r.init(train)
        for epoch in r.epochs():
            for count, index, weight in r.chunks(epoch):
                carry, sums = r.train_steps(carry, count, train, index, weight)
                r.steps(count, sums)
            if r.epoch(epoch, carry):
                break
        r.save(carry)


if __name__ == "__main__":
    main(run.read_config(sys.argv[1:]))
