"""Compares the losses and metrics of an emitted train.py with NumPy's float64 and scikit-learn's.

Arguments: the project's folder, and JSON: head -> {"type", "params", "unit", "counts", "shares", "far"}. Every head reads an input of
its own, "<head>In"; projections are made the identity.

Prints JSON: {"total": [[ours, theirs], ...], "found": head -> {"alike" | "weighted" | "single": {metric: [ours, theirs]; NaN is null}, "gradient",
"far": {"loss", "gradient"} | null}}.
"""

import functools
import json
import pathlib
import sys

import jax
import numpy as np
import references

ROWS, BATCH = 23, 8
STEP = 1e-5  # of the central differences
FAR = 1e4


def main(folder, cases):
    jax.config.update("jax_default_matmul_precision", "highest")
    sys.path.insert(0, folder)
    import train
    from flaxen.data.dataset import Dataset, target_facts

    random = np.random.default_rng(0)
    config = json.loads((pathlib.Path(folder) / "config.json").read_text())
    expects = config["data"]["expects"]
    columns = {name: drawn(random, name, one, cases.get(name.removesuffix("In"), {})) for name, one in expects.items()}
    facts = target_facts(expects, Dataset(columns, ROWS, ""))
    hp = {name: np.float32(value) for name, value in (config["hyperparameters"] | facts).items()}
    hp = jax.device_put(hp | {"total_steps": np.float32(1)})
    params, rest, _ = train.init(jax.random.key(0), hp)
    params = {name: prepared(one) for name, one in params.items()}
    quickly = {"xla_backend_optimization_level": 0}
    loss_fn = jax.jit(train.loss_fn, static_argnames="train", compiler_options=quickly)

    def sums_of(columns, weights):
        """Over batches of 8: the last is filled with rows that weigh nothing."""
        total = {}
        for start in range(0, ROWS, BATCH):
            take = np.arange(start, start + BATCH)
            batch = {name: column[take % ROWS] for name, column in columns.items()}
            weight = np.where(take < ROWS, weights[take % ROWS], 0).astype(np.float32)
            _, (_, sums) = loss_fn(params, rest, hp, batch, weight, train=True)
            total = {name: total.get(name, 0) + np.asarray(value, np.float64) for name, value in sums.items()}
        return total

    floats = [f"{name}In" for name in cases]

    def losses(given, columns):
        _, (_, sums) = train.loss_fn(params, rest, hp, columns | given, np.ones(ROWS, np.float32), True)
        return {name: sums[f"{name}/loss"] for name in cases}

    @functools.partial(jax.jit, compiler_options=quickly)
    def gradients(given, columns):
        def total(given):
            values = losses(given, columns)
            return sum(values.values()), values

        (_, values), slopes = jax.value_and_grad(total, has_aux=True)(given)
        return values, slopes

    context = {"expects": expects, "facts": facts}
    found = {name: {} for name in cases}
    for kind, weights in (
        ("alike", np.ones(ROWS)),
        ("weighted", random.choice([0, 0.5, 1, 3], ROWS)),
        ("single", np.eye(ROWS)[5]),
    ):
        ours = train.finish(sums_of(columns, weights))
        for name, case in cases.items():
            theirs = references.metrics(name, case, columns, weights, context)
            found[name][kind] = {
                metric: [number(ours[f"{name}/{metric}"]), number(value)] for metric, value in theirs.items()
            }
        if kind == "alike":
            mean, _ = loss_fn(params, rest, hp, columns, np.ones(ROWS, np.float32), train=True)
            expected = sum(
                case["params"].get("weight", 1) * found[name]["alike"]["loss"][1] for name, case in cases.items()
            )
            total = [[float(mean), expected], [float(ours["loss"]), expected]]

    far = columns | {
        name: np.where(random.random(columns[name].shape) < 0.5, -FAR, FAR).astype(np.float32) for name in floats
    }
    for kind, given in (("near", columns), ("far", far)):
        values, slopes = gradients({name: given[name] for name in floats}, given)
        for name, case in cases.items():
            if kind == "far" and not case["far"]:
                found[name]["far"] = None
                continue
            value, slope = references.loss_and_gradient(name, case, given, context, STEP if kind == "near" else 1e-2)
            error = worst(slopes[f"{name}In"], slope)
            if kind == "near":
                found[name]["gradient"] = error
            else:
                found[name]["far"] = {
                    "loss": worst(values[name], value),
                    "gradient": error,
                }
    predicted = train.predict((params, rest, None), hp, columns)
    for name, case in cases.items():
        assert np.isfinite(predicted[name]).all()
        references.check_prediction(name, case, columns, np.asarray(predicted[name]))
    print(json.dumps({"total": total, "found": found}))


def number(value):
    """NaN as what JSON knows."""
    return None if np.isnan(value) else float(value)


def prepared(weights):
    """Projections as the identity, embeddings as nothing."""
    if "kernel" not in weights:
        return jax.tree.map(np.zeros_like, weights)
    identity = np.eye(len(weights["kernel"]), dtype=np.float32)
    return {"kernel": identity, "bias": np.zeros_like(weights["bias"])}


def drawn(random, name, expected, case):
    role = expected["role"]
    if role == "input" and expected["dtype"] == "int":
        ids = random.integers(1, 5, (ROWS, *expected["shape"]))
        lengths = random.integers(1, 7, (ROWS, 1))
        lengths[5] = 4  # it stands alone once
        return np.where(np.arange(6) < lengths, ids, 0).astype(np.int32)
    if role == "input":
        shape = (ROWS, *expected["shape"])
        values = random.random(shape) if case["unit"] else random.normal(0, 2, shape)
        return values.astype(np.float32)
    if role == "label":
        shape = expected.get("shape")
        labels = random.integers(0 if shape is None else -1, expected["classes"], (ROWS, *(shape or ())))
        if shape is not None:
            labels[3] = -1  # nothing of a row counts
            labels[7] = 0
            labels[5].flat[0] = 0  # it stands alone once
        return labels.astype(np.int32)
    if role == "labels":
        return random.integers(0, 2, (ROWS, expected["classes"])).astype(np.float32)
    shape = (ROWS, *(expected.get("shape") or [expected["outputs"]]))
    values = random.poisson(2, shape) if case["counts"] else random.normal(3, 2, shape)
    if case["shares"]:
        values = random.dirichlet(np.ones(shape[-1]), shape[:-1])
        values[2] = np.arange(shape[-1]) == 1  # one has it all
    return values.astype(np.float32)


def worst(ours, theirs):
    """The largest difference, relative to the value and to 1."""
    ours, theirs = np.asarray(ours, np.float64), np.asarray(theirs)
    assert np.isfinite(ours).all()
    return float((abs(ours - theirs) / (1 + abs(theirs))).max())


main(sys.argv[1], json.loads(sys.argv[2]))
