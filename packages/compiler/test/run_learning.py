"""Trains each project named in the arguments to its end, as under a supervisor.

Prints one JSON object: folder -> {"losses": of every step, "weights": {name: numbers}, "shapes": {name: sizes}}.
"""

import importlib
import json
import os
import pathlib
import sys


def main(folders):
    read, _ = os.pipe()  # standard input stays open: its end would be the end of the parent
    os.dup2(read, 0)
    sys.path.insert(0, folders[0])
    print(json.dumps({folder: run_project(pathlib.Path(folder)) for folder in folders}))


def run_project(folder):
    for name in ("model", "train"):
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    train = importlib.import_module("train")
    config = json.loads((folder / "config.json").read_text())
    events = folder / "events.jsonl"
    with events.open("wb") as log:
        os.environ["FLAXEN_EVENTS_FD"] = str(log.fileno())
        train.main({**config, "assets": str(folder / "assets"), "outputs": str(folder)})
    from safetensors.numpy import load_file

    steps = [event for event in map(json.loads, events.open()) if event["type"] == "steps"]
    weights = load_file(folder / "weights.safetensors")
    return {
        "losses": [loss for event in steps for loss in event["metrics"]["loss"]],
        "weights": {name: values.ravel().tolist() for name, values in weights.items()},
        "shapes": {name: values.shape for name, values in weights.items()},
    }


main(sys.argv[1:])
