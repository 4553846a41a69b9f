"""A worker that serves its program again: the numbers of a new process, and nothing of the run before."""

import shutil

import numpy as np
from safetensors.numpy import load_file

from conftest import losses, until


def compiled(events):
    return [event["function"] for event in events if event["type"] == "compile.ended"]


def epochs(events):
    """What every epoch came to, without its time."""
    return [{**event, "seconds": 0} for event in events if event["type"] == "epoch"]


def same_weights(run, other):
    names = {path.name for path in (run / "artifacts").glob("*.safetensors")}
    assert names == {path.name for path in (other / "artifacts").glob("*.safetensors")} != set()
    for name in names:
        mine, theirs = (load_file(folder / "artifacts" / name) for folder in (run, other))
        assert mine.keys() == theirs.keys()
        for path, values in mine.items():
            np.testing.assert_array_equal(values, theirs[path])


def test_a_seen_program_gives_the_numbers_of_a_new_process(project):
    p = project("diabetes")
    host = p.host("--spare")
    faster = p.config["hyperparameters"] | {"learning_rate": 0.03}
    patient = p.config["early_stopping"] | {"patience": 7}
    changes = [
        {"epochs": 12},
        {"seed": 3, "hyperparameters": faster, "early_stopping": patient},
        {"shuffle_seed": 1, "epochs": 4},
        {"batch_size": 48},
    ]
    warm, configs, folders = [], [], []
    for number, change in enumerate(changes):
        folders.append(p.laid_out(f"run-{number}", **change))
        configs.append(dict(p.config))
        warm.append(host.run(folders[-1]))
    assert [events[0]["warm"] for events in warm] == [False, True, True, True]
    # How many rows a batch has is part of what is compiled, numbers are not.
    assert [compiled(events) for events in warm[1:]] == [[], [], ["train_steps"]]
    for events, folder, config in zip(warm, folders, configs, strict=True):
        alone = p.finished(**config)
        assert losses(events) == losses(alone)
        assert epochs(events) == epochs(alone)
        assert events[-2] == alone[-1]
        assert (events[-2]["reason"], events[-1]["type"]) == ("completed", "_idle")
        assert events[-1]["rss"] > 2**20
        same_weights(folder, p.folder / "run")


def test_lanes_come_again_without_compiling(project):
    p = project("two-heads")
    host, base = p.host(), p.config["hyperparameters"]
    trials = [{"seed": seed, "hyperparameters": base | {"learning_rate": 0.001 * seed}} for seed in (1, 2, 3)]
    first, again = (p.laid_out(run, trials=trials, epochs=1) for run in ("first", "again"))
    events = host.run(first)
    assert compiled(events) == ["init", "train_steps"]
    repeated = host.run(again)
    assert compiled(repeated) == []
    assert [losses(repeated, lane) for lane in range(3)] == [losses(events, lane) for lane in range(3)]
    same_weights(first, again)
    fewer = host.run(p.laid_out("fewer", trials=trials[1:]))
    assert compiled(fewer) == ["init", "train_steps"]
    np.testing.assert_allclose(losses(fewer, 0), losses(events, 1), atol=1e-3)


def test_data_is_read_again_when_its_file_has_changed(project):
    p = project("diabetes")
    host, file = p.host(), p.folder / "assets" / "diabetes.csv"

    def prints(run):
        events = host.run(p.laid_out(run, epochs=1))
        return next(event["data"]["train"]["fingerprint"] for event in events if event["type"] == "prepare.ended")

    first = prints("first")
    assert prints("second") == first
    header, row, *rows = file.read_text().splitlines()
    file.write_text("\n".join([header, row[:-1] + str((int(row[-1]) + 1) % 10), *rows]) + "\n")
    assert prints("third") != first
    file.unlink()
    *_, failed = host.run(p.laid_out("fourth"))
    assert failed["failure"]["code"] == "missing-file"
    assert host.process.wait(5) == 1


def test_a_failure_ends_it_and_names_the_files_of_its_own_run(project):
    p = project("two-heads")
    p.edit("model.py", "x = nnx.relu(self.hidden(x))", "x = nnx.relu(self.hidden(x) / hp['eps'])")
    host, first = p.host(), p.laid_out("first", epochs=1)
    assert host.run(first)[-1]["type"] == "_idle"
    shutil.rmtree(first)
    second = p.laid_out("second", hyperparameters=p.config["hyperparameters"] | {"eps": 0})
    failure = host.run(second)[-1]["failure"]
    assert failure["code"] == "non-finite-loss"
    assert failure["data"]["step"] == 0
    assert [frame["file"] for frame in failure["frames"]][-1] == "model.py"
    assert "self.hidden(x) / hp['eps']" in failure["message"] + failure["traceback"]
    assert str(second / "program" / "model.py") in failure["traceback"]
    assert str(first) not in failure["traceback"]
    assert host.process.wait(5) == 1
    assert failure["traceback"] in host.process.stderr.read()


def test_requests_are_about_the_run_that_they_follow(project):
    p = project("diabetes")
    host = p.host()
    endless = {"epochs": 100_000, "early_stopping": None}
    events = host.start(p.laid_out("stopped", **endless))
    until(events, "epoch")
    host.tell(verb="stop")
    *_, result, idle = events
    assert (result["reason"], idle["type"]) == ("stopped", "_idle")
    host.tell(verb="cancel")  # Too late for a run that has ended, and no business of the next.
    assert host.run(p.laid_out("whole", epochs=2))[-2]["reason"] == "completed"
    events = host.start(p.laid_out("cancelled", **endless))
    host.tell(verb="cancel")
    assert [event for event in events if event["type"].startswith("_")][-1]["reason"] == "cancelled"
    assert host.process.wait(5) == 0


def test_fifty_runs_leave_nothing_behind(project):
    p = project("diabetes")
    p.edit(
        "train.py",
        "def main(config):\n",
        "def main(config):\n"
        "    import threading\n"
        "    from jax._src import monitoring\n"
        "    listeners = len(monitoring.get_event_listeners())\n"
        "    print(len(jax.live_arrays()), threading.active_count(), listeners, flush=True)\n",
    )
    host, rss = p.host(), []
    for number in range(50):
        folder = p.laid_out(f"run-{number}", epochs=2 + number % 2, seed=number)
        rss.append(host.run(folder, FLAXEN_CACHE=str(p.folder / "cache"))[-1]["rss"])
    counts = [tuple(map(int, host.process.stdout.readline().split())) for _ in rss]
    assert len(set(counts[1:])) == 1
    assert counts[1][0] <= 8  # The data's columns, and constants of the program.
    assert max(rss[10:]) - rss[5] < 8 * 2**20


def test_without_being_asked_to_stay_it_ends(project):
    p = project("diabetes")
    host = p.host()
    events = host.run(p.laid_out(epochs=1), FLAXEN_KEEP="")
    assert events[-1]["type"] == "_result"
    assert host.process.wait(5) == 0
    assert (p.folder / "run" / "artifacts" / "weights.safetensors").exists()


def test_a_spare_has_imported_its_packages_and_started_no_device(project):
    p = project("diabetes")
    host, run = p.host("--spare"), p.laid_out()
    (run / "program" / "flaxen").unlink()
    (run / "program" / "flaxen").mkdir()
    (run / "program" / "flaxen" / "__init__.py").touch()
    (run / "program" / "flaxen" / "worker.py").write_text(
        "import sys\n"
        "from jax._src.xla_bridge import backends_are_initialized\n"
        "packages = ['jax', 'flax.nnx', 'optax', 'safetensors.numpy']\n"
        "print(backends_are_initialized(), all(name in sys.modules for name in packages))\n"
    )
    assert host.run(run) == []
    assert host.process.stdout.read() == "False True\n"
    assert host.process.wait(5) == 0


def test_another_device_than_was_asked_for_fails_before_the_data_is_read(project):
    p = project("diabetes")
    p.config["data"]["path"] = "nowhere.csv"
    events = p.host().run(p.laid_out(), FLAXEN_DEVICE="gpu", JAX_PLATFORMS="cpu")
    (failure,) = (event["failure"] for event in events)
    assert failure["code"] == "device-mismatch"
    assert failure["data"] == {"asked": "gpu", "found": "cpu"}
    assert failure["message"].startswith('a "gpu" was asked for, but JAX computes on ')
    events = p.host().run(p.laid_out(), FLAXEN_DEVICE="cpu")
    assert [event["type"] for event in events] == ["device.info", "_failure"]
    assert (events[0]["backend"], events[1]["failure"]["code"]) == ("cpu", "missing-file")
