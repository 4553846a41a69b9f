"""Trains each project named in the arguments for a few steps, then checks its metrics against scikit-learn's.

Prints one JSON object: folder -> {"weights": names, "metrics": {name: [ours, scikit-learn's]}, "frames": of an error,
"printed": what the example of its README prints}.
"""

import contextlib
import importlib
import io
import json
import pathlib
import sys

import numpy as np
from sklearn import metrics as reference


def main(folders):
    sys.path.insert(0, folders[0])
    print(json.dumps({folder: run_project(pathlib.Path(folder)) for folder in folders}))


def run_project(folder):
    for name in ("model", "train"):
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    train = importlib.import_module("train")
    config = json.loads((folder / "config.json").read_text())
    config |= {
        "assets": str(folder / "assets"),
        "outputs": str(folder),
        "epochs": None,
        "steps": 12,
    }
    with contextlib.redirect_stdout(sys.stderr):
        train.main(config)
    weights = (folder / "weights.safetensors").read_bytes()
    size = int.from_bytes(weights[:8], "little")
    names = [name for name in json.loads(weights[8 : 8 + size]) if name != "__metadata__"]
    return {"weights": sorted(names), "printed": run_example(folder)} | check(train, config, folder)


def run_example(folder):
    code = (folder / "README.md").read_text().split("```python\n")[1].split("```")[0]
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(code, {})
    return printed.getvalue()


def check(train, config, folder):
    import jax

    from flaxen import data
    from flaxen.data.dataset import target_facts

    dataset = data.load(config)[0]
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    hp |= {
        name: np.float32(value) for name, value in {"total_steps": 10, "steps_per_epoch": 5, "rate_scale": 1}.items()
    }
    hp |= target_facts(config["data"]["expects"], dataset)
    params, rest, _ = train.init(jax.random.key(3), hp)
    carry = params, rest, None
    return {
        "metrics": compare(train, carry, hp, dataset.columns),
        "frames": fail(train, carry, hp, config["data"]["expects"], folder),
    }


def compare(train, carry, hp, columns):
    """Sums over uneven batches against scikit-learn on all rows at once."""
    import jax

    loss_fn = jax.jit(train.loss_fn, static_argnames="train")
    rows = len(next(iter(columns.values())))
    sums = None
    for start in range(0, rows, 64):
        take = np.arange(start, start + 64)
        batch = {name: column[take % rows] for name, column in columns.items()}
        weight = (take < rows).astype(np.float32)
        _, (_, part) = loss_fn(*carry[:2], hp, batch, weight, train=False)
        part = {name: np.asarray(value, np.float64) for name, value in part.items()}
        sums = part if sums is None else {name: sums[name] + part[name] for name in part}
    ours = {name: float(value) for name, value in train.finish(sums).items()}
    assert int(sums["rows"]) == rows
    assert all(np.isfinite(value) for value in ours.values())
    predicted = {name: np.asarray(value) for name, value in train.predict(carry, hp, columns).items()}
    pairs = {}
    for name, value in ours.items():
        head, _, metric = name.rpartition("/")
        if head and metric != "loss":
            pairs[name] = [
                value,
                float(expected(metric, np.asarray(columns[head]), predicted[head])),
            ]
    return pairs


def fail(train, carry, hp, expects, folder):
    """The frames of the error that rows of one value too many raise: the layer that reads them first."""
    from flaxen import failure

    shapes = {name: one["shape"] for name, one in expects.items() if one["role"] == "input"}
    kinds = {name: np.int32 if expects[name]["dtype"] == "int" else np.float32 for name in shapes}
    batch = {name: np.zeros((4, *shape[:-1], shape[-1] + 1), kinds[name]) for name, shape in shapes.items()}
    try:
        train.predict(carry, hp, batch)
    except Exception as error:
        return failure.frames(error, folder)
    raise AssertionError("a wrong shape was accepted")


def expected(metric, target, predicted):
    if metric == "accuracy":
        return reference.accuracy_score(target, predicted.argmax(-1))
    if metric.startswith("top"):
        labels = np.arange(predicted.shape[-1])
        return reference.top_k_accuracy_score(target, predicted, k=int(metric[3:]), labels=labels)
    if metric == "rmse":
        return np.sqrt(reference.mean_squared_error(target, predicted))
    return reference.r2_score(target, predicted)


main(sys.argv[1:])
