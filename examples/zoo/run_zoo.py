"""Trains each project named in the arguments for two steps of eight rows and evaluates it, in one process.

Prints one JSON object: folder -> {"losses": of both steps, "metrics": {name: value}, "shapes": {weight: sizes}}.
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
    config |= {"epochs": None, "steps": 2, "batch_size": 8, "assets": str(folder / "assets"), "outputs": str(folder)}
    with (folder / "events.jsonl").open("wb") as log:
        os.environ["FLAXEN_EVENTS_FD"] = str(log.fileno())
        train.main(config)
    from safetensors.numpy import load_file

    events = [json.loads(line) for line in (folder / "events.jsonl").open()]
    weights = load_file(folder / "weights.safetensors")
    return {
        "losses": [loss for event in events if event["type"] == "steps" for loss in event["metrics"]["loss"]],
        "metrics": [event["metrics"] for event in events if event["type"] == "epoch"][-1],
        "shapes": {name: values.shape for name, values in weights.items()},
    }


main(sys.argv[1:])
