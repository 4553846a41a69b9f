"""Compares emitted programs that start from PyTorch's weights with what PyTorch recorded.

Argument, JSON: {"runs": {name: folder of the project}, "layers": folder of the project with a head "<case>Out" for each
layer, "gradients": a file of weights that has the recorded gradients in their places, "owners": {attribute: its case}}.

Prints JSON: {"recorders": {file: SHA-256 of the scripts that wrote it}, "runs": {name: {"ours": losses, "theirs":
losses}}, of all steps and at last of all rows in evaluation, "layers": {case: {what: largest error}}}.
"""

import importlib
import json
import pathlib
import sys

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from safetensors import safe_open
from safetensors.numpy import load_file

HERE = pathlib.Path(__file__).parent


def main(projects):
    jax.config.update("jax_default_matmul_precision", "highest")
    files = sorted(HERE.glob("*.safetensors"))
    found = {
        "recorders": {path.stem: safe_open(path, "numpy").metadata()["recorder"] for path in files},
        "runs": {name: losses(pathlib.Path(folder), name) for name, folder in projects["runs"].items()},
        "layers": layers(pathlib.Path(projects["layers"]), load_file(projects["gradients"]), projects["owners"]),
    }
    print(json.dumps(found))


def started(folder):
    """The program's module, its numbers, and what a run of it starts from."""
    for name in ("model", "train"):
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    train = importlib.import_module("train")
    sys.path.pop(0)
    config = json.loads((folder / "config.json").read_text())
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    hp["total_steps"] = np.float32(config["steps"])
    weights = load_file(folder / "assets" / config["weights"])
    return train, hp, train.init(jax.random.key(0), hp, weights)


def losses(folder, name):
    recorded = load_file(HERE / f"{name}-run.safetensors")
    dataset = {key.removeprefix("data/"): column for key, column in recorded.items() if key.startswith("data/")}
    train, hp, carry = started(folder)
    order = recorded["order"]
    carry, sums = train.train_steps(carry, hp, len(order), dataset, order, np.ones(order.shape, np.float32))
    of_steps = train.finish(sums)["loss"]
    rows = np.arange(len(next(iter(dataset.values()))))[None]
    sums = train.evaluate(carry, hp, dataset, rows, np.ones(rows.shape, np.float32))
    final = train.finish(sums)["loss"]
    return {
        "ours": np.concatenate([of_steps, final]).tolist(),
        "theirs": np.concatenate([recorded["losses"], recorded["final"]]).tolist(),
    }


def layers(folder, gradients, owners):
    """Errors of values in both modes, of gradients in training, and of the statistics that it leaves."""
    # Sixty small layers: they compile in half the time.
    jax.config.update("jax_disable_most_optimizations", True)
    recorded = load_file(HERE / "layers-values.safetensors")
    train, _, (params, rest, _) = started(folder)
    batch = {key.removeprefix("input/"): value for key, value in recorded.items() if key.startswith("input/")}
    floats = {name: value for name, value in batch.items() if value.dtype == np.float32}

    def outputs(params, floats, training):
        model = nnx.merge(train.graph, params, rest)
        found = model(**train.inputs(batch | floats), train=training)
        return found, nnx.to_pure_dict(nnx.state(model, nnx.Not(nnx.Param)))

    @jax.jit
    def learn(cotangents):
        values, pull, after = jax.vjp(lambda *operands: outputs(*operands, True), params, floats, has_aux=True)
        return values, after, pull(cotangents)

    evaluated, _ = jax.jit(lambda: outputs(params, floats, False))()
    zeros = {head: jnp.zeros_like(value) for head, value in evaluated.items()}
    found = {}
    for case in [key.removeprefix("train/") for key in recorded if key.startswith("train/")]:
        head, theirs = f"{case}Out", recorded[f"train/{case}"]
        values, after, (of_params, of_floats) = learn(zeros | {head: recorded[f"cotangent/{case}"]})
        of_params, statistics = flat(of_params), flat(after)
        inputs = [key.split("/")[2] for key in recorded if key.startswith(f"slope/{case}/")]
        own = [name for name in gradients if owners[name.split("/")[0]] == case]
        kept = [name for name in own if name in statistics]
        learnt = [name for name in own if name not in statistics]
        found[case] = {
            "train": error([values[head]], [theirs]),
            "eval": error([evaluated[head]], [recorded.get(f"eval/{case}", theirs)]),
            "slope": error([of_floats[name] for name in inputs], [recorded[f"slope/{case}/{name}"] for name in inputs]),
            "gradient": error([of_params[name] for name in learnt], [gradients[name] for name in learnt]),
            "statistics": error([statistics[name] for name in kept], [gradients[name] for name in kept]),
        }
    return found


def flat(weights, prefix=""):
    """{"dense1": {"kernel": ...}} -> {"dense1/kernel": ...}"""
    named = {}
    for name, value in weights.items():
        named |= flat(value, f"{prefix}{name}/") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return named


def error(ours, theirs):
    """The largest difference, relative to the value and to the largest of all, or to 1 where that is larger."""
    scale = min(1, max((float(abs(array).max()) for array in theirs), default=1))
    pairs = [
        (np.asarray(one, np.float64), np.asarray(other, np.float64)) for one, other in zip(ours, theirs, strict=True)
    ]
    for one, other in pairs:
        if one.shape != other.shape:
            raise ValueError(f"{one.shape} is not {other.shape}")
    return max((float((abs(one - other) / (abs(other) + scale)).max()) for one, other in pairs), default=0.0)


main(json.loads(sys.argv[1]))
