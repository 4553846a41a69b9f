# Written by Flaxen 0.1.0. Yours to change.
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
    "inkCentre/loss": (),
    "inkCentre/squared_error": (2,),
    "inkCentre/target": (2,),
    "inkCentre/target_squared": (2,),
    "rows": (),
}

graph = nnx.graphdef(nnx.eval_shape(lambda: TwoHeads(nnx.Rngs(0))))


def optimizer(hp):
    return optax.adamw(hp["learning_rate"], b1=hp["b1"], b2=hp["b2"], eps=hp["eps"], weight_decay=hp["weight_decay"])


@jax.jit
def init(key, hp):
    """Returns the carry: parameters, the model's other state, the optimizer's state."""
    model = TwoHeads(nnx.Rngs(key))
    params, rest = (nnx.to_pure_dict(state) for state in nnx.split(model, nnx.Param, ...)[1:])
    return params, rest, optimizer(hp).init(params)


def inputs(batch):
    """From rows of the data to what the model reads."""
    return {"image": batch["image"].astype(jnp.float32) / 255}  # [batch, 8, 8, 1]


def loss_fn(params, rest, hp, batch, weight, train):
    """Returns the mean loss, the model's new state and the batch's sums; weight: [batch], 0 where a row only fills."""
    model = nnx.merge(graph, params, rest)
    outputs = model(**inputs(batch), hp=hp, train=train)
    digit = outputs["digit"]  # [batch, 3]
    digit_loss = optax.softmax_cross_entropy_with_integer_labels(digit, batch["digit"])  # [batch]
    ink_centre = outputs["inkCentre"]  # [batch, 2]
    ink_centre_error = jnp.square(ink_centre - batch["inkCentre"])  # [batch, 2]
    ink_centre_loss = ink_centre_error.mean(-1)  # [batch]
    ink_centre_target = batch["inkCentre"] - hp["inkCentre_mean"]  # small numbers: the sums of r2 keep their digits
    loss = hp["digit_weight"] * digit_loss + hp["ink_centre_weight"] * ink_centre_loss  # [batch]
    sums = {
        "loss": (loss * weight).sum(),
        "digit/loss": (digit_loss * weight).sum(),
        "digit/accuracy": ((digit.argmax(-1) == batch["digit"]) * weight).sum(),
        "inkCentre/loss": (ink_centre_loss * weight).sum(),
        "inkCentre/squared_error": weight @ ink_centre_error,  # [2]
        "inkCentre/target": weight @ ink_centre_target,  # [2]
        "inkCentre/target_squared": weight @ jnp.square(ink_centre_target),  # [2]
        "rows": weight.sum(),
    }
    return sums["loss"] / sums["rows"], (nnx.to_pure_dict(nnx.state(model, nnx.Not(nnx.Param))), sums)


def finish(sums):
    """Sums over any number of batches -> the metrics of all their rows."""
    ink_centre_squared_distances = (
        sums["inkCentre/target_squared"] - sums["inkCentre/target"] ** 2 / sums["rows"][..., None]
    )
    # NaN where all are alike
    ink_centre_spread = np.where(
        ink_centre_squared_distances > 1e-6 * sums["inkCentre/target_squared"], ink_centre_squared_distances, np.nan
    )
    return {
        "loss": sums["loss"] / sums["rows"],
        "digit/loss": sums["digit/loss"] / sums["rows"],
        "digit/accuracy": sums["digit/accuracy"] / sums["rows"],
        "inkCentre/loss": sums["inkCentre/loss"] / sums["rows"],
        "inkCentre/rmse": np.sqrt(sums["inkCentre/squared_error"].mean(-1) / sums["rows"]),
        "inkCentre/r2": (1 - sums["inkCentre/squared_error"] / ink_centre_spread).mean(-1),
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
    """What the model predicts: {"digit": probabilities [batch, 3], "inkCentre": values [batch, 2]}."""
    params, rest, _ = carry
    model = nnx.merge(graph, params, rest)
    outputs = model(**inputs(batch), hp=hp)
    return {"digit": nnx.softmax(outputs["digit"]), "inkCentre": outputs["inkCentre"]}


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
