"""Compares what the nodes of an emitted model compute, and their gradients, with NumPy's float64.

Arguments: the project's folder, and JSON: head -> {"node", "params", "operands": [[argument, input], ...], "layer": its
attribute or null}. Every head's projection is made the identity, so that a head gives the features that it reads.

The function of a node's name stands in the module of its family. It gets the operands by the names of their ports, the
weights by their names ("query/kernel" is `query_kernel`), and the parameters.

Prints JSON: head -> {"training", "prediction": the largest errors of values in the two modes, "gradient": of gradients,
"nearest": the distance to the most similar head on the same input}.
"""

import importlib
import json
import pathlib
import re
import sys

import jax
import numpy as np
from flax import nnx

ROWS = 8
BELOW = 4  # whole numbers
FAMILIES = [path.stem for path in pathlib.Path(__file__).parent.glob("*.py") if path.stem != "check_values"]
REFERENCES = {
    name: function
    for family in FAMILIES
    for name, function in vars(importlib.import_module(family)).items()
    if callable(function)
}
STEP = 1e-4  # of the central differences
PLACES = 48  # of an operand, at most, whose gradients are compared


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
        name: drawn(random, name, (ROWS, *one["shape"]), one["dtype"])
        for name, one in config["data"]["expects"].items()
        if one["role"] == "input"
    }
    floats = {name: column for name, column in batch.items() if column.dtype == np.float32}

    def features(params, batch, mode):
        return nnx.merge(train.graph, params, rest)(**train.inputs(batch), train=mode == "train")

    def values_and_gradients(params, floats, cotangents, mode):
        values, pull = jax.vjp(
            lambda params, floats: features(params, batch | floats, mode),
            params,
            floats,
        )
        return values, pull(cotangents)

    values_and_gradients = jax.jit(values_and_gradients, static_argnums=3)
    predictions = jax.jit(lambda: features(params, batch, "predict"))()
    outputs = jax.eval_shape(lambda *operands: features(*operands, "predict"), params, batch)
    zeros = {name: np.zeros(values.shape, np.float32) for name, values in outputs.items()}
    found, expected = {}, {}
    for head, case in cases.items():
        weights = {} if case["layer"] is None else flat(params[case["layer"]])
        cotangent = random.normal(size=zeros[head].shape).astype(np.float32)
        given = {argument: batch[name] for argument, name in case["operands"]}
        expected[head], slopes = reference(case, given | weights, cotangent, random)
        values, (of_params, of_floats) = values_and_gradients(params, floats, zeros | {head: cotangent}, "train")
        gradients = flat(of_params[case["layer"]]) if weights else {}
        gradients |= {argument: of_floats[name] for argument, name in case["operands"] if name in of_floats}
        errors = (error(at(gradients[name], places), slope) for name, (places, slope) in slopes.items())
        found[head] = {
            "training": error(values[head], expected[head]),
            "prediction": error(predictions[head], expected[head]),
            "gradient": max(errors, default=0.0),
        }
    for head, case in cases.items():
        others = [
            float(abs(expected[head] - expected[other]).max())
            for other in cases
            if other != head
            and cases[other]["operands"] == case["operands"]
            and expected[other].shape == expected[head].shape
        ]
        found[head]["nearest"] = min(others, default=1)
    print(json.dumps(found))


def prepared(params, cases, random):
    """The weights of heads as the identity, those of layers a little off, so that none of them is 1 or 0."""
    params = dict(params)
    for head, case in cases.items():
        kernel, bias = (params[snake_case(head)][name] for name in ("kernel", "bias"))
        params[snake_case(head)] = {
            "kernel": np.eye(len(kernel), dtype=np.float32),
            "bias": np.zeros_like(bias),
        }
        if case["layer"] is not None:
            params[case["layer"]] = jax.tree.map(
                lambda value: np.asarray(value + random.normal(0, 0.3, value.shape), np.float32),
                params[case["layer"]],
            )
    return params


def drawn(random, name, shape, dtype):
    if dtype == "int":
        return random.integers(0, BELOW, shape).astype(np.int32)
    if name.startswith("positive"):
        return random.uniform(0.5, 4, shape).astype(np.float32)
    return random.normal(1000 if name.startswith("far") else 0, 4, shape).astype(np.float32)


def flat(weights, prefix=""):
    """{"query": {"kernel": ...}} -> {"query_kernel": ...}"""
    named = {}
    for name, value in weights.items():
        named |= flat(value, f"{prefix}{name}_") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return named


def reference(case, operands, cotangent, random):
    """NumPy's values [rows, features], and the gradient of their product with the cotangent at places of each operand."""
    function = REFERENCES[snake_case(case["node"])]
    # Which weights a layer has shows in the operands; a kernel's sizes do too.
    options = {
        snake_case(name): value
        for name, value in case["params"].items()
        if not name.startswith("use") and name not in operands
    }
    operands = {name: widened(np.asarray(value)) for name, value in operands.items()}

    def features(operands):
        return function(**operands, **options).reshape(ROWS, -1)

    def slope(name, place):
        moved = {name: operands[name].copy()}
        moved[name][place] += STEP
        above = (features(operands | moved) * cotangent).sum()
        moved[name][place] -= 2 * STEP
        below = (features(operands | moved) * cotangent).sum()
        return (above - below) / (2 * STEP)

    slopes = {}
    for name, values in operands.items():
        if values.dtype == np.float64:
            places = chosen(values.shape, random)
            slopes[name] = (places, np.array([slope(name, place) for place in places]))
    return features(operands), slopes


def chosen(shape, random):
    """Places of an array: all of a small one, of a large one as many as are looked at."""
    places = list(np.ndindex(shape))
    return places if len(places) <= PLACES else [places[i] for i in random.permutation(len(places))[:PLACES]]


def at(values, places):
    return np.array([np.asarray(values)[place] for place in places])


def widened(values):
    return values.astype(np.float64) if values.dtype == np.float32 else values


def error(ours, theirs):
    """The largest difference, relative to the value and to the largest of them, or to 1 where that is larger."""
    scale = min(1, abs(theirs).max()) or 1  # all of them are 0
    return float((abs(np.asarray(ours, np.float64) - theirs) / (abs(theirs) + scale)).max())


def snake_case(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


main(sys.argv[1], json.loads(sys.argv[2]))
