"""The environment of a run: given, standing already, or built by a child process of its own."""

import json
import signal
import sys

from flaxen_supervisor import ending, processes
from flaxen_supervisor.child import Child
from flaxen_supervisor.environment.build import find_ready
from flaxen_supervisor.environment.description import Description
from flaxen_supervisor.environment.failure import EnvironmentBuildError


class Builder:
    """`python` once it is over well, else `reason` and `failure`.

    `environment`: a name or {name, packages, wheelhouse, accelerator}.
    """

    def __init__(self, environment, home, interpreter, loop, log):
        self.environment = environment if isinstance(environment, str) else environment["name"]
        self._wanted, self._home, self._loop, self._log = environment, home, loop, log
        self.python, self.child, self.reason, self.failure = interpreter, None, None, None
        self._torn, self._stderr = b"", b""

    def start(self):
        """Looks whether there is anything to build."""
        if self.python:
            self._announce(key="given", built=False, seconds=0)
            return
        try:
            wanted = Description.of(self._wanted)
            key, python = find_ready(wanted, self._home)
        except EnvironmentBuildError as failed:
            self.fail(failed.code, str(failed), failed.output)
            return
        if python:
            self.python = str(python)
            self._announce(key=key, built=False, seconds=0)
            return
        module = ("-m", "flaxen_supervisor.environment", "ensure", "--home", self._home, *wanted.arguments())
        self.child = Child(
            self._loop,
            (sys.executable, *map(str, module)),
            {"stdout": self._hear, "stderr": self._keep},
            env=processes.environment(),
        )

    def stop(self):
        """Asks the building process to end and to leave nothing behind."""
        if self.child:
            processes.signal_group(self.child.process, signal.SIGTERM)

    def is_over(self):
        """Whether `python` or `failure` is there, or the building process was stopped."""
        if self.child is None:
            return True
        if not self.child.is_over():
            return False
        if not self.python and not self.failure:
            code = self.child.process.returncode
            output = self._stderr.decode(errors="replace")
            self.fail("env-failed", f"the building process ended with exit code {code}.", output)
        return True

    def _hear(self, data):
        *lines, self._torn = (self._torn + data).split(b"\n")
        for line in lines:
            told = json.loads(line)
            if told["type"] == "progress":
                self._log.event("env.progress", environment=self.environment, text=told["text"][:1000])
            elif told["type"] == "ready":
                self.python = told["python"]
                self._announce(key=told["key"], built=told["built"], seconds=told["seconds"])
            else:
                self.fail(told["code"], told["message"], told["output"])

    def _keep(self, data):
        self._stderr = (self._stderr + data)[-64 * 1024 :]

    def _announce(self, **fields):
        self._log.event("env.ready", environment=self.environment, **fields)

    def fail(self, code, message, output):
        """Records why there is none."""
        self.reason = "disk-full" if code == "disk-full" else "env-failed"
        self.failure = ending.describe(code, "EnvironmentBuildError", message, output, environment=self.environment)
