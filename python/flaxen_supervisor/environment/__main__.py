"""`python -m flaxen_supervisor.environment ensure --name base --home DIR`: builds an environment unless it stands.

Prints JSON lines: {"type": "progress", "text"} and at the end {"type": "ready", "key", "python", "built", "seconds"} or
{"type": "failed", "code", "message", "output"} with exit code 1.
"""

import argparse
import json
import pathlib
import signal
import sys

from flaxen_supervisor.environment.build import ensure
from flaxen_supervisor.environment.locks import EnvironmentBuildError


def main():
    """Reads the arguments and builds. SIGTERM ends it cleanly: nothing half-built stays."""
    parser = argparse.ArgumentParser(prog="flaxen_supervisor.environment", description=__doc__)
    command = parser.add_subparsers(required=True).add_parser("ensure")
    command.add_argument("--name", required=True)
    command.add_argument("--home", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        ready = ensure(arguments.name, arguments.home.resolve(), lambda text: say("progress", text=text))
        say("ready", **ready)
    except EnvironmentBuildError as failed:
        say("failed", code=failed.code, message=str(failed), output=failed.output)
        sys.exit(1)


def say(type, **fields):
    """Prints one line."""
    print(json.dumps({"type": type, **fields}), flush=True)


main()
