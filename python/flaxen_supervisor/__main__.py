"""`python -m flaxen_supervisor --home DIR`: serves the requests on standard input until it closes."""

import argparse
import pathlib

from flaxen_supervisor.server import Server


def main():
    """Reads the arguments and serves."""
    arguments = argparse.ArgumentParser(prog="flaxen_supervisor", description=__doc__)
    arguments.add_argument("--home", type=pathlib.Path, required=True, help="folder of environments and caches")
    Server(arguments.parse_args().home).serve()


main()
