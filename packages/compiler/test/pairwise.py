"""Looks at emitted programs as their compiler would, and trains some of them for two steps.

First argument: a folder with the runtime and the assets; standard input: JSON list of {"folder", "compiled"}. Every
program is traced whole: init, steps, predict; finish is NumPy and runs. One that is "compiled" then runs, with XLA's cheapest code.
Prints JSON: for each {"names"} of its metrics, with "losses", "moved" and "finite" where it ran, or the error's text.
"""

import importlib
import json
import os
import pathlib
import sys
import traceback

os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0"
ROOT = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(ROOT))

import jax  # noqa: E402
import numpy as np  # noqa: E402

from flaxen import data  # noqa: E402
from flaxen.data.dataset import target_facts  # noqa: E402

BATCH = 4


def program(folder):
    for name in ("model", "train"):
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    train = importlib.import_module("train")
    sys.path.remove(str(folder))
    return train


def trained(case):
    folder = ROOT / case["folder"]
    train = program(folder)
    config = json.loads((folder / "config.json").read_text())
    config |= {"assets": str(ROOT / "assets"), "outputs": str(folder)}
    dataset, _ = data.load(config)
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    hp |= {"total_steps": np.float32(2)} | target_facts(config["data"]["expects"], dataset)
    columns = {name: np.asarray(column) for name, column in dataset.columns.items()}
    index = np.arange(2 * BATCH, dtype=np.int32).reshape(2, BATCH)
    weight = np.ones((2, BATCH), np.float32)
    key = jax.random.key(0)

    carry = jax.eval_shape(train.init, key, hp)
    after, sums = jax.eval_shape(train.train_steps, carry, hp, np.int32(2), columns, index, weight)
    described = [jax.tree.map(lambda one: (one.shape, one.dtype), tree) for tree in (carry, after)]
    assert described[0] == described[1], "a step changes what is carried"
    jax.eval_shape(train.predict, after, hp, columns)
    names = sorted(train.finish({name: np.ones(one.shape[1:], one.dtype) for name, one in sums.items()}))
    if not case["compiled"]:
        return {"names": names}
    carry = train.init(key, hp)
    first = jax.tree.map(np.array, carry[0])
    carry, sums = train.train_steps(carry, hp, np.int32(2), columns, index, weight)
    steps = [train.finish({name: np.asarray(value)[step] for name, value in sums.items()}) for step in range(2)]
    predicted = train.predict(carry, hp, columns)
    moved = jax.tree.map(lambda before, now: float(np.abs(before - np.asarray(now)).max()), first, carry[0])
    finite = all(np.isfinite(np.asarray(value)).all() for value in jax.tree.leaves((predicted, carry[0])))
    losses = [float(one["loss"]) for one in steps]
    return {"names": names, "losses": losses, "moved": max(jax.tree.leaves(moved)), "finite": bool(finite)}


def attempt(case):
    try:
        return trained(case)
    except Exception:
        return traceback.format_exc()[-1500:]


print(json.dumps([attempt(case) for case in json.load(sys.stdin)]))
