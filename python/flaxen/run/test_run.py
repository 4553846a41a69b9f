"""Whole runs: reproducible, one executable of each function, lanes as single runs."""

import json
import os
import pathlib
import subprocess

import numpy as np
import pytest
from safetensors.numpy import load_file

from conftest import losses
from flaxen.data import load
from flaxen.predict import Predictor


def test_a_supervised_run_tells_all_in_order(project):
    p = project("residual")
    events = p.finished(steps=None, epochs=2)
    types = [event["type"] for event in events]
    start = ["device.info", "prepare.ended", *["compile.started"] * 3, *["compile.ended"] * 3]
    assert types[: len(start)] == start
    assert [event["function"] for event in events if event["type"] == "compile.ended"] == [
        "init",
        "train_steps",
        "evaluate",
    ]
    prepared = events[1]
    assert prepared["data"]["train"]["rows"] == 1438
    assert (prepared["totalSteps"], prepared["epochs"], prepared["stepsPerEpoch"]) == (46, 2, 23)
    steps = [event for event in events if event["type"] == "steps"]
    assert [event["first"] for event in steps] == np.cumsum([0, *(event["count"] for event in steps)])[:-1].tolist()
    assert len(losses(events)) == 46
    epochs = [event for event in events if event["type"] == "epoch"]
    assert [(event["epoch"], event["step"]) for event in epochs] == [(0, 23), (1, 46)]
    names = ["loss", "digit/loss", "digit/accuracy"]
    assert list(epochs[0]["metrics"]) == [*names, *(f"val/{name}" for name in names)]
    assert events[-1] == {
        "type": "_result",
        "reason": "completed",
        "step": 46,
        "epoch": 1,
        "bestEpoch": None,
        "metrics": epochs[-1]["metrics"],
    }
    weights = load_file(p.folder / "run" / "artifacts" / "weights.safetensors")
    assert {"conv1/kernel", "refine1/norm1/mean", "refine2/conv2/kernel", "digit/bias"} <= weights.keys()


def test_the_same_seed_gives_the_same_bits(project):
    p = project("two-heads")
    first = p.finished(epochs=3)
    weights = load_file(p.folder / "run" / "artifacts" / "weights.safetensors")
    again = p.finished(env={"FLAXEN_CACHE": str(p.folder / "cache")})
    from_cache = p.finished(env={"FLAXEN_CACHE": str(p.folder / "cache")})
    assert losses(first) == losses(again) == losses(from_cache)
    assert [event["cached"] for event in from_cache if event["type"] == "compile.ended"] == [True] * 2
    assert (p.folder / "cache").stat().st_mode & 0o777 == 0o700
    assert losses(p.finished(seed=1)) != losses(first)
    assert losses(p.finished(seed=0, shuffle_seed=1)) != losses(first)
    # And as its owner runs it, with nothing of ours in the environment.
    process = p.run(shuffle_seed=0)
    assert process.returncode == 0, process.stderr
    own = load_file(p.folder / "weights.safetensors")
    assert own.keys() == weights.keys()
    for name, values in weights.items():
        np.testing.assert_array_equal(own[name], values)
    assert not [name for name in weights if "rngs" in name]
    assert "epoch 3/3  step 171  loss" in process.stdout


def test_one_executable_of_each_function_for_every_number(project):
    """A partial last chunk, numbers written as integers and a rate of 0 compile nothing anew."""
    p = project("two-heads")
    p.edit(
        "train.py",
        "def main(config):\n",
        "def main(config):\n"
        "    jax.monitoring.register_event_duration_secs_listener(\n"
        '        lambda event, _, fun_name="", **rest: "backend_compile" in event and print(fun_name, flush=True)\n'
        "    )\n",
    )
    cache = {"FLAXEN_CACHE": str(p.folder / "cache")}
    for change in ({}, {"learning_rate": 1, "dropout1": 0, "digit_weight": 2.5, "digit_label_smoothing": 0}):
        p.config["hyperparameters"] |= change
        process, events = p.supervised(env=cache, epochs=2 + len(change), seed=len(change))
        events = list(events)
        assert process.wait() == 0, process.stderr.read()
        assert len({event["count"] for event in events if event["type"] == "steps"}) > 1
        compiled = [event for event in events if event["type"] == "compile.ended"]
        assert [event["function"] for event in compiled] == ["init", "train_steps"]
        assert [event["cached"] for event in compiled] == [bool(change)] * 2
        printed = process.stdout.read().split()
        assert printed.count("jit(train_steps)") == 1
        assert printed.count("jit(seeded)") == 1


def test_lanes_are_single_runs(project):
    p = project("two-heads")
    base = p.config["hyperparameters"]
    trials = [
        {"seed": seed, "hyperparameters": base | {"learning_rate": rate, "dropout1": dropout}}
        for seed, rate, dropout in ((0, 0.001, 0), (7, 0.003, 0.3), (2**32 - 1, 0.01, 0.5))
    ]
    together = p.finished(trials=trials, epochs=None, steps=20)
    artifacts = p.folder / "run" / "artifacts"
    weights = [f"weights-{lane}.safetensors" for lane in range(3)]
    assert sorted(path.name for path in artifacts.iterdir()) == ["preprocessing.json", *weights]
    del p.config["trials"]
    for lane, trial in enumerate(trials):
        alone = losses(p.finished(**trial))
        np.testing.assert_allclose(losses(together, lane)[0], alone[0], atol=1e-5)
        np.testing.assert_allclose(losses(together, lane), alone, atol=1e-3)


def test_lanes_stop_early_each_by_itself(project):
    p = project("diabetes")
    base = {"b1": 0.9, "b2": 0.999, "eps": 1e-8, "weight_decay": 0.01}
    lanes = [
        {"seed": seed, "hyperparameters": base | {"learning_rate": rate}} for seed, rate in ((0, 0.05), (1, 0.003))
    ]
    stopping = p.config["early_stopping"] | {"patience": 3}
    together = p.finished(trials=lanes, early_stopping=stopping, epochs=40)
    del p.config["trials"]
    ends = []
    for lane, trial in enumerate(lanes):
        alone = p.finished(**trial)
        mine = [event for event in together if event["type"] == "epoch" and event["lane"] == lane]
        theirs = [event for event in alone if event["type"] == "epoch"]
        assert [event["best"] for event in mine] == [event["best"] for event in theirs]
        ends.append(len(mine))
        weights = load_file(p.folder / "run" / "artifacts" / "weights.safetensors")
        kept = load_file(p.folder / "run" / "artifacts" / f"weights-{lane}.safetensors")
        for name, values in weights.items():
            np.testing.assert_allclose(kept[name], values, atol=1e-2)
    assert ends[0] < ends[1]


def test_the_best_weights_are_kept(project, monkeypatch):
    p = project("diabetes")
    *events, result = p.finished()
    scores = [event["metrics"]["val/progression/rmse"] for event in events if event["type"] == "epoch"]
    assert result["bestEpoch"] == int(np.argmin(scores)) < len(scores) - 1
    assert result["metrics"]["val/progression/rmse"] == min(scores)
    predict = Predictor(p.modules(monkeypatch), p.folder / "run")
    _, validation = load({**p.config, "assets": str(p.folder / "assets")})
    values = predict.program.predict(predict.carry, predict.hp, {"patient": validation.columns["patient"]})
    error = np.asarray(values["progression"] - validation.columns["progression"], np.float64)
    np.testing.assert_allclose(np.sqrt((error**2).mean()), min(scores), rtol=1e-6)


TESTING = (
    ("train, validation = data.load(config)", "train, validation, test = data.load(config)"),
    ("r.init(train, validation)", "r.init(train, validation, test)"),
    ("        r.save(carry)", "        r.test(carry, test)\n        r.save(carry)"),
)


def test_what_tests_is_scored_once_with_the_kept_weights_of_each_lane(project, monkeypatch):
    p = project("diabetes")
    for old, new in TESTING:
        p.edit("train.py", old, new)
    p.config["data"]["test"] = 0.1
    rates = (0.05, 0.003)
    lanes = [
        {"seed": seed, "hyperparameters": p.config["hyperparameters"] | {"learning_rate": rate}}
        for seed, rate in enumerate(rates)
    ]
    *events, result = p.finished(trials=lanes)
    assert [event["type"] for event in events].count("test") == 2
    prepared = next(event for event in events if event["type"] == "prepare.ended")["data"]
    assert [prepared[name]["rows"] for name in ("train", "validation", "test")] == [310, 88, 44]
    together = {event["lane"]: event["metrics"] for event in events if event["type"] == "test"}
    assert any(result["metrics"].items() >= metrics.items() for metrics in together.values())
    del p.config["trials"]
    for lane, trial in enumerate(lanes):
        *events, result = p.finished(**trial)
        *_, test = (event for event in events if event["type"] == "test")
        epochs = [event for event in events if event["type"] == "epoch"]
        assert result["bestEpoch"] < len(epochs) - 1
        assert result["metrics"] == epochs[result["bestEpoch"]]["metrics"] | test["metrics"]
        assert test["metrics"] == pytest.approx(together[lane], rel=1e-3)
    predict = Predictor(p.modules(monkeypatch), p.folder / "run")
    *_, rows = load({**p.config, "assets": str(p.folder / "assets")})
    values = predict.program.predict(predict.carry, predict.hp, {"patient": rows.columns["patient"]})
    error = np.asarray(values["progression"] - rows.columns["progression"], np.float64)
    np.testing.assert_allclose(np.sqrt((error**2).mean()), test["metrics"]["test/progression/rmse"], rtol=1e-6)


def test_validation_reads_no_more_rows_at_once_than_fit(project):
    """As many as fit; never fewer than a part of a batch; and the numbers are those of all rows at once."""
    p = project("residual")
    source = (p.folder / "train.py").read_text()

    def validated(room, parts):
        (p.folder / "train.py").write_text(source)
        first = f"import flaxen.data.batches\n\nflaxen.data.batches.ROOM = {room}\nPARTS = {parts}\n"
        p.edit("train.py", "from flaxen import data, run\n", first + "from flaxen import data, run\n")
        p.edit("train.py", "    def step(i, log):\n", '    print("read", *index.shape)\n\n    def step(i, log):\n')
        process, events = p.supervised(epochs=None, steps=2)
        *_, result = events
        assert process.wait() == 0, process.stderr.read()
        reads = [line for line in process.stdout.read().splitlines() if line.startswith("read")]
        return reads, result["metrics"]

    reads, metrics = validated(2**22, 1)
    assert reads == ["read 1 359"]
    for room, parts, batches in ((7400, 1, "4 90"), (740, 1, "6 60"), (740, 4, "23 16")):  # 74 numbers a row
        reads, found = validated(room, parts)
        assert reads == [f"read {batches}"]
        assert found == pytest.approx(metrics, rel=1e-5)


def test_steps_end_a_run_within_an_epoch(project):
    events = project("residual").finished(steps=30)
    assert len(losses(events)) == 30
    assert [event["step"] for event in events if event["type"] == "epoch"] == [23, 30]
    assert (events[1]["totalSteps"], events[1]["epochs"]) == (30, 2)


def test_events_are_what_the_runner_expects(project, tmp_path):
    """Every line with its envelope passes the runner's own schema."""
    root = pathlib.Path(__file__).parents[3]
    lines = [
        json.dumps({"v": 1, "run": "r_1", "att": 1, "seq": seq, "t": 0, "m": 0} | event)
        for seq, event in enumerate(project("two-heads").finished(epochs=1))
        if not event["type"].startswith("_")
    ]
    script = tmp_path / "check.mjs"
    script.write_text(
        f'import {{ wireEvent }} from "{root}/packages/runner/src/events.ts";\n'
        'import { readFileSync } from "node:fs";\n'
        'for (const line of readFileSync(0, "utf8").split("\\n")) wireEvent.parse(JSON.parse(line));\n'
        'console.log("good");\n'
    )
    node = [root / "node_modules" / ".bin" / "node", "--conditions=@flaxen/source", script]
    checked = subprocess.run(node, input="\n".join(lines), capture_output=True, text=True, cwd=root, env=os.environ)
    assert checked.stdout == "good\n", checked.stderr
