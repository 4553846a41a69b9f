"""The projects train as their owners run them, and their metrics are those of the whole data."""

import json

import numpy as np
import pytest

from flaxen.data import load
from flaxen.predict import Predictor


@pytest.mark.parametrize(
    ("name", "metric", "least"),
    [
        ("residual", "val/digit/accuracy", 0.97),
        ("two-heads", "centre/r2", 0.8),
        ("diabetes", "val/progression/r2", 0.35),
    ],
)
def test_it_learns(project, name, metric, least):
    *_, result = project(name).finished()
    assert result["metrics"][metric] > least


def test_mnist_in_a_few_steps(project):
    *_, result = project("digits").finished(epochs=None, steps=60, batch_size=64)
    assert result["metrics"]["val/digit/accuracy"] > 0.8


def sums_of(program, predict, columns, batch, hp):
    """The sums of uneven batches, added up as a run does."""
    rows = len(next(iter(columns.values())))
    totals = {}
    for start in range(0, rows, batch):
        index = np.resize(np.arange(start, min(start + batch, rows)), batch)
        weight = (np.arange(batch) < rows - start).astype(np.float32)
        chosen = {name: np.asarray(values)[index] for name, values in columns.items()}
        params, rest, _ = predict.carry
        _, (_, sums) = program.loss_fn(params, rest, hp, chosen, weight, train=False)
        for name, value in sums.items():
            totals[name] = totals.get(name, 0) + np.asarray(value, np.float64)
    return program.finish(totals)


def test_metrics_of_uneven_batches_are_those_of_all_rows(project, monkeypatch):
    p = project("two-heads")
    p.config["hyperparameters"] |= {"digit_label_smoothing": 0}
    p.finished(epochs=2)
    program = p.modules(monkeypatch)
    predict = Predictor(program, p.folder / "run")
    columns, _ = load({**json.loads((p.folder / "config.json").read_text()), "assets": str(p.folder / "assets")})
    columns = {name: np.asarray(values)[:101] for name, values in columns.columns.items()}
    hp = predict.hp | {"centre_mean": np.float32([0.3, -0.2])}
    metrics = sums_of(program, predict, columns, 37, hp)

    outputs = {name: np.asarray(v, np.float64) for name, v in predict({"image": columns["image"]}).items()}
    label, centre = columns["digit"], np.asarray(columns["centre"], np.float64)
    chance = outputs["digit"][np.arange(101), label]
    residual, spread = (outputs["centre"] - centre) ** 2, (centre - centre.mean(0)) ** 2
    cross_entropy, mse = -np.log(chance).mean(), residual.mean()
    expected = {
        "loss": cross_entropy + 0.5 * mse,
        "digit/loss": cross_entropy,
        "digit/accuracy": (outputs["digit"].argmax(-1) == label).mean(),
        "digit/top3": ((outputs["digit"] > chance[:, None]).sum(-1) < 3).mean(),
        "centre/loss": mse,
        "centre/rmse": np.sqrt(mse),
        "centre/r2": (1 - residual.sum(0) / spread.sum(0)).mean(),
    }
    assert metrics.keys() == expected.keys()
    for name, value in expected.items():
        np.testing.assert_allclose(metrics[name], value, rtol=1e-5, err_msg=name)
