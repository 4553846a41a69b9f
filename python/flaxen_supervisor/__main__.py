"""`python -m flaxen_supervisor`: supervises runs.

serve    for the process at the other end of standard input and output, as long as that lives
start    finds or starts the one that outlives its clients; prints {"socket", "identity", "pid"}, or {"error"}
daemon   is that one
"""

import argparse
import json
import os
import pathlib
import sys

from flaxen_supervisor import daemon
from flaxen_supervisor.connection import Connection
from flaxen_supervisor.requests import Requests
from flaxen_supervisor.server import Server


def main():
    """Reads the arguments and does it. Returns the exit code."""
    given = _arguments()
    if given.command == "serve":
        return serve(given.home)
    if given.command == "daemon":
        return daemon.serve(given.root, given.home)
    return start(given.root, given.home)


def serve(home):
    """Speaks the protocol on standard input and output until they close."""
    reader, writer = os.dup(0), os.dup(1)
    # Nothing that prints by mistake may get between two frames, and no child may take a request.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    server = Server(home)
    Connection(server, Requests(server), reader, writer)
    server.serve()
    return 0


def start(root, home):
    """Prints where the daemon of a root is."""
    try:
        print(json.dumps(daemon.start(root, home)))
    except (daemon.StartError, OSError) as error:
        print(json.dumps({"error": str(error)}))
        return 1
    return 0


def _arguments():
    parser = argparse.ArgumentParser(
        prog="flaxen_supervisor", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("serve", "start", "daemon"):
        command = commands.add_parser(name)
        command.add_argument("--home", type=pathlib.Path, required=True, help="folder of environments and caches")
        if name != "serve":
            command.add_argument("--root", type=pathlib.Path, required=True, help="folder of the runs' folders")
    return parser.parse_args()


sys.exit(main())
