"""Compares what the nodes of an emitted model compute, and their gradients, with NumPy's float64.

Arguments: the project's folder, and JSON: head -> {"node", "params", "input", "layer": its attribute or null}. Every
head's projection is made the identity, so that a head gives the features that it reads.

Prints JSON: head -> {"train" | "predict": {"value", "gradient"}: the largest errors, "nearest": the distance to the
most similar head on the same input}.
"""

import json
import pathlib
import re
import sys

import jax
import numpy as np
from flax import nnx

import references

ROWS = 8
STEP = 1e-4  # of the central differences


def main(folder, cases):
    jax.config.update("jax_default_matmul_precision", "highest")
    sys.path.insert(0, folder)
    import train

    random = np.random.default_rng(0)
    config = json.loads((pathlib.Path(folder) / "config.json").read_text())
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    params, rest, _ = train.init(jax.random.key(0), hp | {"total_steps": np.float32(1)})
    params = prepared(params, cases, random)
    batch = {
        name: random.normal(1000 if name.startswith("far") else 0, 4, (ROWS, *one["shape"])).astype(np.float32)
        for name, one in config["data"]["expects"].items()
        if one["role"] == "input"
    }

    def features(params, batch, mode):
        return nnx.merge(train.graph, params, rest)(**train.inputs(batch), train=mode == "train")

    def values_and_gradients(params, batch, cotangents, mode):
        values, pull = jax.vjp(lambda *operands: features(*operands, mode), params, batch)
        return values, pull(cotangents)

    values_and_gradients = jax.jit(values_and_gradients, static_argnums=3)
    outputs = jax.eval_shape(lambda *operands: features(*operands, "predict"), params, batch)
    zeros = {name: np.zeros(values.shape, np.float32) for name, values in outputs.items()}
    found, expected = {}, {}
    for head, case in cases.items():
        weights = {} if case["layer"] is None else params[case["layer"]]
        cotangent = random.normal(size=zeros[head].shape).astype(np.float32)
        expected[head], slopes = reference(case, {"x": batch[case["input"]], **weights}, cotangent)
        found[head] = {}
        for mode in ("train", "predict"):
            values, (of_params, of_batch) = values_and_gradients(params, batch, zeros | {head: cotangent}, mode)
            gradients = {"x": of_batch[case["input"]], **(of_params[case["layer"]] if weights else {})}
            found[head][mode] = {
                "value": error(values[head], expected[head]),
                "gradient": max(error(gradients[name], slope) for name, slope in slopes.items()),
            }
    for head, case in cases.items():
        others = [
            float(abs(expected[head] - expected[other]).max())
            for other in cases
            if other != head
            and cases[other]["input"] == case["input"]
            and expected[other].shape == expected[head].shape
        ]
        found[head]["nearest"] = min(others, default=1)
    print(json.dumps(found))


def prepared(params, cases, random):
    """The weights of heads as the identity, those of layers a little off, so that none of them is 1 or 0."""
    params = dict(params)
    for head, case in cases.items():
        kernel, bias = (params[snake_case(head)][name] for name in ("kernel", "bias"))
        params[snake_case(head)] = {"kernel": np.eye(len(kernel), dtype=np.float32), "bias": np.zeros_like(bias)}
        if case["layer"] is not None:
            params[case["layer"]] = {
                name: np.asarray(value + random.normal(0, 0.3, value.shape), np.float32)
                for name, value in params[case["layer"]].items()
            }
    return params


def reference(case, operands, cotangent):
    """NumPy's values [rows, features], and the gradient of their product with the cotangent for every operand."""
    function = getattr(references, snake_case(case["node"]))
    # Which weights a layer has shows in the operands.
    options = {snake_case(name): value for name, value in case["params"].items() if not name.startswith("use")}
    operands = {name: np.asarray(value, np.float64) for name, value in operands.items()}

    def flat(operands):
        return function(**operands, **options).reshape(ROWS, -1)

    def slope(name, place):
        moved = {name: operands[name].copy()}
        moved[name][place] += STEP
        above = (flat(operands | moved) * cotangent).sum()
        moved[name][place] -= 2 * STEP
        below = (flat(operands | moved) * cotangent).sum()
        return (above - below) / (2 * STEP)

    slopes = {
        name: np.array([slope(name, place) for place in np.ndindex(values.shape)]).reshape(values.shape)
        for name, values in operands.items()
    }
    return flat(operands), slopes


def error(ours, theirs):
    """The largest difference, relative to the value and to the largest of them, or to 1 where that is larger."""
    scale = min(1, abs(theirs).max())
    return float((abs(np.asarray(ours, np.float64) - theirs) / (abs(theirs) + scale)).max())


def snake_case(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


main(sys.argv[1], json.loads(sys.argv[2]))
