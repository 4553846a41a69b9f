"""Runs `optimizer` and `learning_rate` of emitted programs beside the formulas.

Standard input: {"optimizers": [case], "schedules": [case]}, a case being {"folder", "name", "type", "params"}. Prints
name -> {"ours", "theirs", "moved"}: of an optimizer the largest difference after each of 20 steps, as a share of how far
the weights have moved, and how far that is; of a schedule both lists of learning rates.
"""

import importlib
import json
import pathlib
import sys

import jax
import numpy as np
from optimizers import OPTIMIZERS
from schedules import SCHEDULES

STEPS = 20
EPOCH = 5  # steps


def main():
    cases = json.load(sys.stdin)
    sys.path.append(cases["runtime"])
    print(
        json.dumps(
            {
                "optimizers": {case["name"]: check_optimizer(case) for case in cases["optimizers"]},
                "schedules": {case["name"]: check_schedule(case) for case in cases["schedules"]},
            }
        )
    )


def program(folder, total_steps):
    """train.py of a folder as a module, and its hyperparameters."""
    for name in ("model", "train"):
        sys.modules.pop(name, None)
    sys.path.insert(0, folder)
    importlib.invalidate_caches()
    train = importlib.import_module("train")
    sys.path.remove(folder)
    config = json.loads((pathlib.Path(folder) / "config.json").read_text())
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    return train, hp | {"total_steps": np.float32(total_steps), "steps_per_epoch": np.float32(EPOCH)}


def check_optimizer(case):
    train, hp = program(case["folder"], STEPS)
    random = np.random.default_rng(7)
    shapes = {"kernel": (6, 5), "bias": (5,), "tall": (4, 3, 2)}
    first = {name: random.normal(size=shape) for name, shape in shapes.items()}
    gradients = [{name: random.normal(size=shape) for name, shape in shapes.items()} for _ in range(STEPS)]
    params = case["params"]
    rate = params["learningRate"]
    update = OPTIMIZERS[case["type"]](params, lambda step: SCHEDULES[rate["type"]](rate["params"], step, STEPS))

    @jax.jit
    def step(weights, state, given, hp):
        changes, state = train.optimizer(hp).update(given, state, weights)
        return {name: weights[name] + changes[name] for name in weights}, state

    ours = {name: np.float32(values) for name, values in first.items()}
    state, theirs = train.optimizer(hp).init(ours), first
    differences, moved = [], 0.0
    for number, given in enumerate(gradients):
        ours, state = step(ours, state, {name: np.float32(values) for name, values in given.items()}, hp)
        changes = update(number, given, theirs)
        theirs = {name: theirs[name] + changes[name] for name in theirs}
        moved = max(np.abs(theirs[name] - first[name]).max() for name in theirs)
        wrong = max(np.abs(np.asarray(ours[name], np.float64) - theirs[name]).max() for name in theirs)
        differences.append(wrong / max(moved, 0.01))
    return {"differences": differences, "moved": moved}


def check_schedule(case):
    steps = case["steps"]
    train, hp = program(case["folder"], steps)
    numbers = range(steps + 4)
    ours = jax.jit(jax.vmap(lambda step: train.learning_rate(step, hp)))(np.arange(len(numbers), dtype=np.int32))
    theirs = [SCHEDULES[case["type"]](case["params"], step, steps) for step in numbers]
    return {"ours": np.asarray(ours, np.float64).tolist(), "theirs": theirs}


main()
