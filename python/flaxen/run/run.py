"""One run of a program: dispatches chunks of steps, reads their numbers one chunk behind, and reports them."""

import collections
import functools
import os
import pathlib
import time

import jax
import numpy as np

from flaxen.control import Control, standard_input
from flaxen.data import batches
from flaxen.data.dataset import target_facts
from flaxen.events import Pipe
from flaxen.progress import Progress
from flaxen.run import weights
from flaxen.run.blame import blame
from flaxen.run.carry import Snapshots
from flaxen.run.device import open_device
from flaxen.run.early_stopping import EarlyStopping
from flaxen.run.functions import compiled_functions
from flaxen.run.lanes import Lanes
from flaxen.run.memory import keep_freed_memory
from flaxen.run.pace import Pace
from flaxen.run.plateau import ReduceOnPlateau
from flaxen.run.report import Report
from flaxen.run.results import save_results
from flaxen.run.steps import Order, Steps, parts_of

CHUNK = 512  # steps of one dispatch at most
EVALUATION_BATCH = 1000  # rows at most, unless training reads more at once
EVENT_NUMBERS = 8000  # numbers of one event at most: a line has a cap of 256 KiB


class Run:
    """What `main` talks to. With `trials` in the config every number is one number a lane."""

    def __init__(self, config, init, train_steps, evaluate, finish):
        supervised = os.environ.get("FLAXEN_EVENTS_FD")
        self.emit = Pipe(int(supervised)) if supervised else Progress()
        self.control = standard_input().control if supervised else Control()
        keep_freed_memory(config["data"]["expects"])
        self.config, self.programs = config, {"init": init, "train_steps": train_steps, "evaluate": evaluate}
        self.lanes = Lanes(config)
        self.report = Report(finish, self.lanes.count)
        self.stopping = config.get("early_stopping") and EarlyStopping(self.lanes.count, **config["early_stopping"])
        plateau = config.get("reduce_on_plateau")
        self.plateau = plateau and ReduceOnPlateau(self.lanes.count, **plateau)
        self.step, self.reported, self.pending, self.alarmed = 0, 0, collections.deque(), set()
        self.shown = None  # the lane whose metrics are the result's
        self.result = {"step": 0, "epoch": None, "bestEpoch": None, "metrics": {}}
        self.started = time.perf_counter()
        backend, devices = open_device()
        self.emit("device.info", backend=backend, devices=devices, jax=jax.__version__, warm=self.control.warm)

    def init(self, train, validation=None, test=None):
        """Compiles everything and returns the first carry."""
        self.control.check()
        config, lanes, size = self.config, self.lanes, self.config["batch_size"]
        self.train, steps = train, batches.steps_per_epoch(train.rows, size)
        self.total = config.get("steps") or config["epochs"] * steps
        held = {name: part for name, part in (("validation", validation), ("test", test)) if part}
        self._prepared({"train": train} | held, steps)
        facts = {"total_steps": self.total, "steps_per_epoch": steps, "rate_scale": 1.0}
        self.facts = target_facts(config["data"]["expects"], train)
        facts |= self.facts
        self.hp = jax.device_put(lanes.hp | {name: lanes.constant(value) for name, value in facts.items()})
        order = Order(train.rows, size, config["shuffle_seed"], chunk=min(CHUNK, steps, self.total))
        self.pace = Pace(order.chunk)
        carry = self._compile(order, held)
        self.control.check()
        self.epoch_started = time.perf_counter()
        return carry

    def _compile(self, order, held):
        start, lanes, program = functools.partial(compiled_functions().start, self.emit), self.lanes, self.programs
        # Runs once: to compile it well would take longer than it runs.
        options = {"xla_backend_optimization_level": 1}
        arguments = lanes.seeds, self.hp, *self._given()
        carry, init = start("init", lanes.init(program["init"]), *arguments, **options)
        index, weight = (jax.ShapeDtypeStruct((order.chunk, order.batch_size), kind) for kind in (np.int32, np.float32))
        function, columns = lanes.train_steps(program["train_steps"]), self.train.columns
        _, train_steps = start("train_steps", function, carry, self.hp, np.int32(1), columns, index, weight)
        evaluations = {}
        for name, part in held.items():
            index, weight = jax.device_put(batches.evaluation(part.rows, self._evaluated(part)))
            function = lanes.evaluate(program["evaluate"])
            _, evaluate = start("evaluate", function, carry, self.hp, part.columns, index, weight)
            evaluations[name] = evaluate, part.columns, index, weight
        init = init()
        first = functools.partial(init, *arguments)
        carry, self.snapshots = first(), Snapshots(first)
        self.device_steps = Steps(train_steps(), program["train_steps"], self.hp, columns, order)
        self.evaluations = {name: (evaluate(), *rest) for name, (evaluate, *rest) in evaluations.items()}
        return carry

    def _evaluated(self, part):
        """Rows that `evaluate` reads at once: never fewer than `train_steps` does, which has more to keep of each."""
        size = self.config["batch_size"]
        return batches.rows_at_once(
            max(size, EVALUATION_BATCH),
            self.config["data"]["expects"],
            part.columns,
            least=-(-size // parts_of(self.programs["train_steps"])),
            copies=self.lanes.count or 1,
        )

    def _given(self):
        """The weights to start from, where the config names their file: what `init` takes besides."""
        file = self.config.get("weights")
        return (jax.device_put(weights.load(pathlib.Path(self.config["assets"]) / file)),) if file else ()

    def epochs(self):
        """Yields epochs until the steps of the run are done."""
        epoch = 0
        while self.step < self.total:
            yield epoch
            epoch += 1

    def chunks(self, epoch):
        """Yields (count, index, weight) of a shuffled epoch; index, weight: [chunk, batch], `count` of them to be used.

        Shapes never change, so a partial last chunk compiles nothing.
        """
        order, at = self.device_steps.order, 0
        index, weight = order.epoch(epoch)
        while at < order.steps and self.step < self.total and not (at and self.control.stop):
            count = self.pace.next(min(order.steps - at, self.total - self.step))
            yield count, index[at : at + order.chunk], weight[at : at + order.chunk]
            at += count

    def train_steps(self, carry, count, _train, index, weight):
        """Dispatches `count` steps; returns the new carry and the sums of each step, [chunk] arrays."""
        self.control.check()
        self.snapshots.before(self.step, carry)
        self.dispatched = time.perf_counter()
        first, self.step = self.step, self.step + count
        return self.device_steps(carry, first, count, index, weight)

    def evaluate(self, carry, _validation):
        """Dispatches the validation rows; returns the sums of each batch, [batches] arrays."""
        self.control.check()
        return self._evaluate("validation", carry)

    def test(self, carry, _test):
        """Scores the test rows, once: with the weights that `save` will write."""
        self.control.check()
        self._drain(keep=0)
        started = time.perf_counter()
        metrics = self.report.test(self._evaluate("test", (*self._kept(carry), *carry[2:])))
        seconds = round(time.perf_counter() - started, 3)
        for fields, lane in self.lanes.each(metrics):
            self.emit("test", step=self.step, metrics=lane, seconds=seconds, **fields)
            if fields.get("lane") == self.shown:
                self.result["metrics"] = self.result["metrics"] | lane

    def steps(self, count, sums):
        """Reports a chunk. The one before is read only now that this one is on its way: the device never waits."""
        self.pending.append((self._report_steps, count, sums, self.dispatched))
        self._drain(keep=1)

    def epoch(self, epoch, carry, sums=None):
        """Reports an epoch, `sums` those of the validation rows. True when the run should end."""
        self.pending.append((self._report_epoch, epoch, self.step, carry, sums))
        # Read with the next chunk: its dispatch comes first, so that short epochs do not leave the device idle.
        if self.stopping or self.plateau:
            self._drain(keep=0)
        return self.control.stop or bool(self.stopping and self.stopping.stopped.all())

    def save(self, carry):
        """Writes the weights: the best epoch's where early stopping chose one, else these."""
        self._drain(keep=0)
        folder, kept = pathlib.Path(self.config["outputs"]), self._kept(carry)
        save_results(folder, kept, self.lanes.count, self.train.preprocessing, self.facts)

    def close(self, reason=None):
        """Reports the end; called by `run.open`."""
        if reason is None:
            self._drain(keep=0)
            reason = "stopped" if self.control.stop else "completed"
        self.emit("_result", reason=reason, **self.result)
        self.emit.close()

    def _kept(self, carry):
        """(parameters, other state) of the best epoch where early stopping chose one, else those of the carry."""
        return self.stopping.best if self.stopping and self.stopping.best else carry[:2]

    def _evaluate(self, part, carry):
        function, *data = self.evaluations[part]
        return function(carry, self.hp, *data)

    def _prepared(self, splits, steps):
        self.emit(
            "prepare.ended",
            data={name: {"rows": part.rows, "fingerprint": part.fingerprint} for name, part in splits.items()},
            totalSteps=self.total,
            epochs=batches.steps_per_epoch(self.total, steps),
            stepsPerEpoch=steps,
            seconds=round(time.perf_counter() - self.started, 3),
        )

    def _drain(self, keep):
        while len(self.pending) > keep:
            report, *arguments = self.pending.popleft()
            report(*arguments)

    def _report_steps(self, count, sums, dispatched):
        metrics = self.report.steps(count, sums)
        self.pace.ended(count, dispatched)
        bad = np.argwhere(~np.isfinite(metrics["loss"]))
        alone = self.lanes.count is None
        shown = int(bad[0, 0]) + 1 if len(bad) and alone else count
        part = EVENT_NUMBERS // len(metrics)
        for fields, lane in self.lanes.each(metrics):
            for at in range(0, shown, part):
                columns = {name: values[at : min(at + part, shown)] for name, values in lane.items()}
                self.emit("steps", first=self.reported + at, count=len(columns["loss"]), metrics=columns, **fields)
        if len(bad) and alone:
            step, value = self.reported + shown - 1, metrics["loss"][shown - 1]
            error, cause = blame(self.device_steps, self.snapshots, step, value)
            raise error from cause
        for lane, at in bad.tolist():
            self._warn(lane, self.reported + at)
        self.reported += count

    def _report_epoch(self, epoch, step, carry, sums):
        metrics = self.report.epoch(sums)
        running = ~self.stopping.stopped if self.stopping else np.ones(self.lanes.count or (), bool)
        better = self.stopping(metrics, carry) if self.stopping else np.zeros(self.lanes.count or (), bool)
        if self.plateau and self.plateau(metrics):
            self.device_steps.change(step, rate_scale=np.float32(self.plateau.scale))
        now = time.perf_counter()
        seconds, self.epoch_started = round(now - self.epoch_started, 3), now
        for fields, lane in self.lanes.each(metrics | {"": np.stack([running, better], -1)}):
            active, best = lane.pop("").tolist()
            if active:
                self.emit("epoch", epoch=epoch, step=step, metrics=lane, best=best, seconds=seconds, **fields)
            if best or not self.stopping:
                self.result |= {"metrics": lane, "bestEpoch": epoch if best else None}
                self.shown = fields.get("lane")
        self.result |= {"step": step, "epoch": epoch}

    def _warn(self, lane, step):
        if lane not in self.alarmed:
            self.alarmed.add(lane)
            self.emit("warning", code="non-finite-loss", text=f"lane {lane}: the loss is not finite at step {step}")
