"""`python -m flaxen_supervisor.environment ensure --name base --home DIR`: builds an environment unless it stands.

Prints JSON lines: {"type": "progress", "text"} and at the end {"type": "ready", "key", "python", "built", "seconds"} or
{"type": "failed", "code", "message", "output"} with exit code 1. `find` builds nothing: {"type": "found", "key",
"python": null where it does not stand, "accelerator", "driver": first number of the NVIDIA driver's version or null}.
"""

import argparse
import json
import pathlib
import signal
import sys

from flaxen_supervisor.environment import accelerator
from flaxen_supervisor.environment.build import ensure, find_ready
from flaxen_supervisor.environment.description import Description
from flaxen_supervisor.environment.failure import EnvironmentBuildError
from flaxen_supervisor.environment.locks import choose


def main():
    """Reads the arguments and builds. SIGTERM ends it cleanly: nothing half-built stays."""
    parser = argparse.ArgumentParser(prog="flaxen_supervisor.environment", description=__doc__)
    parser.add_argument("verb", choices=["ensure", "find"])
    parser.add_argument("--name", required=True)
    parser.add_argument("--home", type=pathlib.Path, required=True)
    parser.add_argument("--package", action="append", default=[], dest="packages", help="on top of the locked ones")
    parser.add_argument("--wheelhouse", help="folder of wheels: nothing is fetched from anywhere else")
    parser.add_argument("--accelerator", help="cpu or cuda12; what the machine has by default")
    arguments = vars(parser.parse_args())
    verb, home = arguments.pop("verb"), arguments.pop("home").resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if verb == "find":
            find(Description.of(arguments), home)
        else:
            say("ready", **ensure(arguments, home, lambda text: say("progress", text=text)))
    except EnvironmentBuildError as failed:
        say("failed", code=failed.code, message=str(failed), output=failed.output)
        sys.exit(1)


def find(wanted, home):
    """Prints what `ensure` would find or build."""
    key, python = find_ready(wanted, home)
    say("found", key=key, python=python and str(python), accelerator=choose(wanted)[1], driver=accelerator.driver())


def say(type, **fields):
    """Prints one line."""
    print(json.dumps({"type": type, **fields}), flush=True)


main()
