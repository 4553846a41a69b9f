"""What a program's model gives with the weights that it starts from: predict.py PROJECT REFERENCES, as JSON by head."""

import importlib
import json
import pathlib
import sys

import jax
import numpy as np
from safetensors.numpy import load_file

folder, references = pathlib.Path(sys.argv[1]), load_file(sys.argv[2])
sys.path.insert(0, str(folder))
train = importlib.import_module("train")
config = json.loads((folder / "config.json").read_text())
hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()} | {"total_steps": np.float32(1)}
weights = load_file(folder / "assets" / config["weights"])
with jax.default_matmul_precision("highest"):
    params, rest, _ = train.init(jax.random.key(0), hp, weights)
    batch = {name: references[name] for name, one in config["data"]["expects"].items() if one["role"] == "input"}
    outputs = train.predict((params, rest, None), hp, batch)
print(json.dumps({name: np.asarray(values).tolist() for name, values in outputs.items()}))
