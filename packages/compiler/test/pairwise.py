"""Trains emitted programs for two steps: their own code, compiled as cheaply as XLA can.

First argument: a folder with the runtime and the assets; standard input: JSON list of {"folder", "groups": names of the
layers whose weights are trained by rules of their own}. Prints JSON: for each {"names"} of its metrics, the "losses" of
both steps, how far weights "moved", also those of the groups ("groupsMoved"), and "finite"; or the error's text.
"""

import concurrent.futures
import importlib
import json
import multiprocessing
import os
import pathlib
import sys
import traceback

ROOT = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(ROOT))

import cheap_xla  # noqa: E402, F401
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

    carry = train.init(key, hp)
    first = jax.tree.map(np.array, carry[0])
    described = jax.tree.map(lambda one: (one.shape, one.dtype), carry)
    carry, sums = train.train_steps(carry, hp, np.int32(2), columns, index, weight)
    assert described == jax.tree.map(lambda one: (one.shape, one.dtype), carry), "a step changes what is carried"
    steps = [train.finish({name: np.asarray(value)[step] for name, value in sums.items()}) for step in range(2)]
    predicted = train.predict(carry, hp, columns)
    moved = jax.tree.map(lambda before, now: float(np.abs(before - np.asarray(now)).max()), first, carry[0])
    finite = all(np.isfinite(np.asarray(value)).all() for value in jax.tree.leaves((predicted, carry[0])))
    return {
        "names": sorted(steps[0]),
        "losses": [float(one["loss"]) for one in steps],
        "moved": max(jax.tree.leaves(moved)),
        "groupsMoved": [max(jax.tree.leaves(moved[layer])) for layer in case["groups"]],
        "finite": bool(finite),
    }


def attempt(case):
    try:
        return trained(case)
    except Exception:
        return traceback.format_exc()[-1500:]


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(min(os.cpu_count() or 1, 4), context) as processes:
        print(json.dumps(list(processes.map(attempt, json.load(sys.stdin)))))
