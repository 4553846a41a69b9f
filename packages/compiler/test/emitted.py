"""For scripts that train many emitted programs for a few steps, compiled as cheaply as XLA can, in a process a core.

First argument of such a script: a folder with the runtime and the assets of all; standard input: JSON list of cases, each
with the "folder" of its program. It prints JSON: what it finds out about each; or the error's text.
"""

import concurrent.futures
import functools
import importlib
import json
import multiprocessing
import os
import pathlib
import sys
import traceback

ROOT = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(ROOT))

import cheap_xla  # noqa: E402, F401
import numpy as np  # noqa: E402

from flaxen import data  # noqa: E402
from flaxen.data.dataset import target_facts  # noqa: E402


def opened(case, steps):
    """Returns its train.py, what a run of so many steps gives as `hp`, and its columns, NumPy arrays."""
    folder = ROOT / case["folder"]
    for name in ("model", "train"):
        sys.modules.pop(name, None)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    train = importlib.import_module("train")
    sys.path.remove(str(folder))
    config = json.loads((folder / "config.json").read_text())
    config |= {"assets": str(ROOT / "assets"), "outputs": str(folder)}
    dataset = data.load(config)[0]
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    facts = {"total_steps": steps, "steps_per_epoch": -(-dataset.rows // config["batch_size"]), "rate_scale": 1}
    hp |= {name: np.float32(value) for name, value in facts.items()} | target_facts(config["data"]["expects"], dataset)
    return train, hp, {name: np.asarray(column) for name, column in dataset.columns.items()}


def attempt(look, case):
    try:
        return look(case)
    except Exception:
        return traceback.format_exc()[-1500:]


def main(look):
    """Prints what `look` finds out about each case."""
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(min(os.cpu_count() or 1, 4), context) as processes:
        print(json.dumps(list(processes.map(functools.partial(attempt, look), json.load(sys.stdin)))))
