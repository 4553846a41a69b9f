"""The processes that programs run in, kept between runs as long as that pays."""

import contextlib
import subprocess
import time

from flaxen_supervisor.environment.build import find_ready
from flaxen_supervisor.environment.failure import EnvironmentBuildError
from flaxen_supervisor.submission import Refused
from flaxen_supervisor.worker_process import Recipe, WorkerProcess

RUNS = 100  # of one process
IDLE = 300.0  # seconds
SPARES = 2  # that wait at once, each of another environment
SPARE_DELAY = 0.25  # seconds after a run's end: a script that ends with its run pays for no spare
GROWTH, GROWN = 1.5, 512 * 1024 * 1024  # times, and bytes more, than after its first run
LOOK = 1.0  # seconds between two looks at what waits


class Pool:
    """A worker serves one program for life; a spare has run nothing yet."""

    def __init__(self, server):
        self._server, self.workers, self._wanted = server, [], {}

    def processes(self):
        """Those whose ends are awaited."""
        return [worker.process for worker in self.workers]

    def python(self, environment, interpreter):
        """The interpreter of an environment that stands."""
        if interpreter:
            return interpreter
        try:
            _, python = find_ready(environment, self._server.home)
        except EnvironmentBuildError as failed:
            raise Refused("refused", str(failed)) from failed
        if not python:
            raise Refused("refused", f"the environment {environment['name']} is not built yet")
        return python

    def take(self, recipe, task, warm):
        """A process for a run: one that has run the program, a spare, or a fresh one, in this order of choice.

        None while the GPU's memory is still held by a process that has been told to end.
        """
        waiting = [worker for worker in self.workers if worker.waits()]
        for worker in waiting:
            outdated = worker.recipe.python == recipe.python and worker.recipe.fingerprint != recipe.fingerprint
            same = warm and (worker.recipe, worker.task) == (recipe, task)
            if outdated or (self._holds(worker, task.gpu) and not same):
                worker.retire()
        if any(worker.retired and self._holds(worker, task.gpu) for worker in self.workers):
            return None
        fit = [worker for worker in waiting if warm and not worker.retired and worker.recipe == recipe]
        seen = [worker for worker in fit if worker.task == task]
        spares = [worker for worker in fit if worker.task is None]
        return next(iter(seen + spares), None) or self._start(recipe, spare=False)

    def give_back(self, worker, rss, limit):
        """Keeps the worker of a run that has ended well. `limit`: how many may wait."""
        worker.rest(rss)
        grown = rss > worker.first_rss * GROWTH and rss - worker.first_rss > GROWN
        if worker.runs >= RUNS or grown:
            worker.retire()
        idle = [worker for worker in self.workers if worker.task and worker.waits()]
        for spent in sorted(idle, key=lambda worker: worker.since, reverse=True)[limit:]:
            spent.retire()

    def want_spare(self, python, variables):
        """Has a spare started for the next program of this environment, soon."""
        self._wanted[python, tuple(sorted(variables.items()))] = time.monotonic() + SPARE_DELAY

    def start_spare(self, recipe):
        """Starts one, unless it waits already. The oldest of another environment makes room."""
        spares = [worker for worker in self.workers if worker.task is None and worker.waits()]
        if not any(worker.recipe == recipe for worker in spares):
            for worker in spares[: len(spares) + 1 - SPARES]:
                worker.retire()
            self._start(recipe, spare=True)

    def warm_gpus(self, recipe, program):
        """The GPUs on which a worker of this program waits."""
        idle = [worker for worker in self.workers if worker.task and worker.waits()]
        return {each.task.gpu for each in idle if (each.recipe, each.task.program) == (recipe, program)}

    def tick(self, now):
        """Forgets what has ended, ends what waited too long, starts the spares that are due."""
        for worker in list(self.workers):
            if worker.attempt is None and worker.child.is_over():
                self.workers.remove(worker)
            elif worker.waits() and now - worker.since > IDLE:
                worker.retire()
        for wanted in [wanted for wanted, due in self._wanted.items() if now >= due]:
            del self._wanted[wanted]
            python, variables = wanted
            # An environment that is gone, variables that cannot be given: the next run's to find.
            with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
                self.start_spare(Recipe.of(python, dict(variables)))

    def patience(self):
        """Seconds until something may be due; None where nothing waits."""
        if self._wanted:
            return SPARE_DELAY
        return LOOK if self.workers else None

    def close(self):
        """Ends all of them."""
        for worker in self.workers:
            worker.retire()

    def _start(self, recipe, spare):
        worker = WorkerProcess(self._server, recipe, spare)
        self.workers.append(worker)
        return worker

    @staticmethod
    def _holds(worker, gpu):
        return gpu is not None and worker.attempt is None and worker.task is not None and worker.task.gpu == gpu
