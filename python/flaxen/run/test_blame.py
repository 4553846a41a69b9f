"""The operation that made a loss NaN or infinite is found, forwards and backwards."""


def innermost(project, failed):
    """The source that the last frame points at, by its columns."""
    frame = failed["frames"][-1]
    line = (project.folder / frame["file"]).read_text().splitlines()[frame["line"] - 1]
    return frame["file"], line[frame["column"] : frame["endColumn"]]


def test_an_operation_of_the_forward_pass(project):
    p = project("two-heads")
    p.edit("model.py", "x = nnx.relu(self.hidden(x))", "x = nnx.relu(self.hidden(x / (x.sum() * 0)))")
    failed, events = p.failed()
    assert failed["code"] == "non-finite-loss"
    assert failed["data"] == {"step": 0, "epoch": 0, "value": "NaN"}
    assert innermost(p, failed) == ("model.py", "x / (x.sum() * 0)")
    assert events[-1]["type"] == "steps"
    assert events[-1]["metrics"]["loss"] == ["NaN"]


def test_an_operation_of_the_backward_pass(project):
    p = project("two-heads")
    p.edit("model.py", "        return {\n", "        x = x + abs(x * 0) ** 0.5\n        return {\n")
    failed, _ = p.failed()
    assert failed["code"] == "non-finite-loss"
    assert failed["data"]["step"] == 1
    assert "the gradients of step 0" in failed["message"]
    assert innermost(p, failed) == ("model.py", "abs(x * 0) ** 0.5")


def test_a_diverging_run_stops_at_its_first_bad_step(project):
    p = project("diabetes")
    p.edit("train.py", "optax.adamw(", "optax.sgd(")
    p.edit("train.py", ', b1=hp["b1"], b2=hp["b2"], eps=hp["eps"], weight_decay=hp["weight_decay"])', ")")
    p.config["hyperparameters"] |= {"learning_rate": 1e9}
    failed, events = p.failed()
    losses = [loss for event in events if event["type"] == "steps" for loss in event["metrics"]["loss"]]
    assert failed["data"]["step"] == len(losses) - 1 > 0
    assert losses[-1] in ("NaN", "Infinity")
    assert all(isinstance(loss, float) for loss in losses[:-1])
    assert failed["frames"][-1]["file"] in ("model.py", "train.py")


def test_a_bad_lane_does_not_stop_the_others(project):
    p = project("residual")
    good, bad = ({"seed": 0, "hyperparameters": {"learning_rate": rate, "momentum": 0.9}} for rate in (0.05, 1e30))
    events = p.finished(trials=[good, bad], steps=30)
    assert [event["code"] for event in events if event["type"] == "warning"] == ["non-finite-loss"]
    epochs = {event["lane"]: event["metrics"] for event in events if event["type"] == "epoch"}
    assert epochs[0]["digit/accuracy"] > 0.5
    assert epochs[1]["loss"] == "NaN"
