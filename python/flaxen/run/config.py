"""A run's numbers."""

import json
import os
import pathlib
import sys


def read_config(arguments):
    """Reads config.json: the file named in `arguments`, else the one beside the program.

    Its `assets` becomes an absolute folder, and `outputs` the folder that results are written to.
    """
    program = pathlib.Path(sys.modules["__main__"].__file__).resolve().parent
    path = pathlib.Path(arguments[0]).resolve() if arguments else program / "config.json"
    config = json.loads(path.read_text())
    config["assets"] = str(path.parent / config.get("assets", "assets"))
    folder = os.environ.get("FLAXEN_RUN")
    config["outputs"] = str(pathlib.Path(folder).resolve() / "artifacts" if folder else path.parent)
    return config
