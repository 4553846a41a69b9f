"""Trains the project in the folder named in the argument; then its weights file, read again, must predict as NumPy does.

The model: row [batch, 6] and memory [batch, 6] through "tower" (twice dense and relu), "tied" (the same three times over)
and "decoder" (twice dense, plus the memory's dense). Prints JSON: "losses" of the steps, "shapes" of the file's arrays,
"error": the largest difference of a prediction, "trained": that to what the first weights would predict.
"""

import importlib
import json
import os
import pathlib
import sys

import numpy as np


def main(folder):
    read, _ = os.pipe()  # standard input stays open: its end would be the end of the parent
    os.dup2(read, 0)
    sys.path.insert(0, str(folder))
    train = importlib.import_module("train")
    config = json.loads((folder / "config.json").read_text())
    events = folder / "events.jsonl"
    with events.open("wb") as log:
        os.environ["FLAXEN_EVENTS_FD"] = str(log.fileno())
        train.main({**config, "assets": str(folder / "assets"), "outputs": str(folder)})
    import jax
    from safetensors.numpy import load_file

    from flaxen.run import weights

    file = folder / "weights.safetensors"
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    first = train.init(jax.random.key(0), hp)
    params, rest = weights.restore(file, *first[:2])
    random = np.random.default_rng(0)
    batch = {name: random.normal(size=(5, 6)).astype(np.float32) for name in ("row", "memory")}
    ours = np.asarray(train.predict((params, rest, None), hp, batch)["price"])
    before = np.asarray(train.predict(first, hp, batch)["price"])
    theirs = predict(load_file(file), batch)
    steps = [event for event in map(json.loads, events.open()) if event["type"] == "steps"]
    print(
        json.dumps(
            {
                "losses": [loss for event in steps for loss in event["metrics"]["loss"]],
                "shapes": {name: values.shape for name, values in load_file(file).items()},
                "error": float(abs(ours - theirs).max()),
                "trained": float(abs(ours - before).max()),
            }
        )
    )


def predict(named, batch):
    def dense(x, name):
        return x @ named[f"{name}/kernel"].astype(np.float64) + named[f"{name}/bias"]

    x, memory = batch["row"].astype(np.float64), batch["memory"]
    for layer in range(2):
        x = np.maximum(dense(x, f"tower/{layer}/dense1"), 0)
    for _ in range(3):
        x = x + np.tanh(dense(x, "tied/dense1"))
    for layer in range(2):
        x = dense(x, f"decoder/{layer}/dense1") + dense(memory, f"decoder/{layer}/dense2")
    return dense(x, "price")


main(pathlib.Path(sys.argv[1]))
