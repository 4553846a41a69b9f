"""Trains a project with losses and metrics of its own for two steps, and compares them with NumPy's float64.

Prints JSON: {"ours", "theirs": {metric: value}, "trained": {"losses", "moved"}, "refused": the message where the loss does
not give one number for each row}.
"""

import json
import pathlib
import sys

import jax
import numpy as np

ROWS, BATCH = 11, 4


def main(folder):
    sys.path.insert(0, folder)
    import train
    from flaxen import data
    from flaxen.data.dataset import target_facts

    config = json.loads((pathlib.Path(folder) / "config.json").read_text())
    dataset, _ = data.load(config | {"assets": f"{folder}/assets"})
    columns = {name: np.asarray(column) for name, column in dataset.columns.items()}
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    hp |= {"total_steps": np.float32(2)} | target_facts(config["data"]["expects"], dataset)
    trained = steps(train, hp, columns)

    params, rest, _ = train.init(jax.random.key(0), hp)
    total = {}
    for start in range(0, ROWS, BATCH):
        take = np.arange(start, start + BATCH)
        batch = {name: column[take % ROWS] for name, column in columns.items()}
        weight = (take < ROWS).astype(np.float32)
        _, (_, sums) = train.loss_fn(params, rest, hp, batch, weight, False)
        total = {name: total.get(name, 0) + np.asarray(value, np.float64) for name, value in sums.items()}
    ours = {name: float(value) for name, value in train.finish(total).items()}

    train.lopsided = lambda output, target, **_: output - target
    try:
        train.loss_fn(params, rest, hp, batch, weight, False)
        refused = ""
    except ValueError as error:
        refused = str(error)
    theirs = reference(columns, params)
    print(json.dumps({"ours": ours, "theirs": theirs, "trained": trained, "refused": refused}))


def steps(train, hp, columns):
    """The losses of two steps, and how far they took every weight at least."""
    carry = train.init(jax.random.key(0), hp)
    before = jax.tree.map(np.array, carry[0])
    index = np.arange(2 * BATCH, dtype=np.int32).reshape(2, BATCH)
    carry, sums = train.train_steps(carry, hp, 2, columns, index, np.ones((2, BATCH), np.float32))
    moves = jax.tree.map(lambda new, old: float(np.abs(new - old).max()), carry[0], before)
    losses = train.finish({name: np.asarray(value) for name, value in sums.items()})["loss"]
    return {"losses": losses.tolist(), "moved": min(jax.tree.leaves(moves))}


def reference(columns, params):
    def projected(head, features):
        weights = params[head]
        return columns[features].astype(np.float64) @ np.float64(weights["kernel"]) + np.float64(weights["bias"])

    error = projected("price", "row") - columns["price"]
    price = (np.where(error > 0, 3, 1) * error**2).mean(-1).mean()
    logits, labels = projected("tag", "tags"), columns["tag"]
    counted = labels >= 0
    own = np.take_along_axis(logits, np.maximum(labels, 0)[..., None], -1)[..., 0]
    tag = np.maximum(0, 1 + logits.max(-1) - own)[counted].mean()
    return {
        "price/loss": price,
        "price/within": (np.abs(error) <= 0.5).all(-1).mean(),
        "price/spread": error.mean(-1).std(),
        "tag/loss": tag,
        "tag/firstClass": 100 * (logits.argmax(-1) == 0)[counted].mean(),
        "loss": price + tag,
    }


main(sys.argv[1])
