"""The operation that made a loss NaN or infinite is found, forwards and backwards."""


def failure(project):
    process, events = project.supervised()
    events = list(events)
    assert process.wait() == 1, process.stderr.read()
    assert events[-1]["type"] == "_failure"
    failed = events[-1]["failure"]
    assert failed["code"] == "non-finite-loss"
    return failed, events


def innermost(project, failed):
    """The source that the last frame points at, by its columns."""
    frame = failed["frames"][-1]
    line = (project.folder / frame["file"]).read_text().splitlines()[frame["line"] - 1]
    return frame["file"], line[frame["column"] : frame["endColumn"]]


def test_an_operation_of_the_forward_pass(project):
    p = project("two-heads")
    p.edit("model.py", "x = nnx.relu(self.hidden(x))", "x = nnx.relu(self.hidden(x / (x.sum() * 0)))")
    failed, events = failure(p)
    assert failed["data"] == {"step": 0, "epoch": 0, "value": "NaN"}
    assert innermost(p, failed) == ("model.py", "x / (x.sum() * 0)")
    assert events[-2]["type"] == "steps"
    assert events[-2]["metrics"]["loss"] == ["NaN"]


def test_an_operation_of_the_backward_pass(project):
    p = project("two-heads")
    p.edit("model.py", "        return {\n", "        x = x + abs(x * 0) ** 0.5\n        return {\n")
    failed, _ = failure(p)
    assert failed["data"]["step"] == 1
    assert "the gradients of step 0" in failed["message"]
    assert innermost(p, failed) == ("model.py", "abs(x * 0) ** 0.5")


def test_a_diverging_run_names_the_layer_that_overflowed(project):
    p = project("diabetes")
    p.edit("train.py", "optax.adamw(", "optax.sgd(")
    p.edit("train.py", ', b1=hp["b1"], b2=hp["b2"], eps=hp["eps"], weight_decay=hp["weight_decay"])', ")")
    p.config["hyperparameters"] |= {"learning_rate": 1e9}
    failed, events = failure(p)
    assert failed["data"]["step"] > 0
    losses = [loss for event in events if event["type"] == "steps" for loss in event["metrics"]["loss"]]
    assert losses[-1] in ("NaN", "Infinity")
    assert all(isinstance(loss, float) for loss in losses[:-1])
    assert failed["frames"][-1]["file"] in ("model.py", "train.py")
