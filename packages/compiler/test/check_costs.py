"""What XLA says that emitted models cost.

Arguments: the projects' folders. Prints JSON: [{"flops", "transcendentals", "bytes", "weights", "inputs", "outputs"}], of
one batch of ROWS examples. The lowering is the stock one, on the CPU, with loops over time unrolled: XLA counts the body
of a loop once.
"""

import functools
import json
import pathlib
import sys

import jax
import numpy as np
from flax import nnx
from jax import lax

ROWS = 4
TIME = 6  # steps of axes that the model leaves open


def costs_of(folder):
    for name in ("train", "model"):
        sys.modules.pop(name, None)
    sys.path.insert(0, folder)
    import train

    sys.path.pop(0)
    config = json.loads((pathlib.Path(folder) / "config.json").read_text())
    hp = {name: np.float32(value) for name, value in config["hyperparameters"].items()}
    params, rest, _ = train.init(jax.random.key(0), hp | {"total_steps": np.float32(1)})
    batch = {
        name: np.zeros(
            (ROWS, *one["shape"]),
            np.int32 if one["dtype"] == "int32" else np.float32,
        )
        for name, one in config["data"]["expects"].items()
        if one["role"] == "input"
    }

    def forward(params, batch):
        return nnx.merge(train.graph, params, rest)(**batch)

    compiled = jax.jit(forward).lower(params, batch).compile()
    analysis = compiled.cost_analysis()
    memory = compiled.memory_analysis()
    size = lambda tree: sum(leaf.size * 4 for leaf in jax.tree.leaves(tree))
    return {
        "flops": analysis["flops"],
        "transcendentals": analysis.get("transcendentals", 0),
        "bytes": analysis["bytes accessed"],
        "arguments": memory.argument_size_in_bytes,
        "inputs": size(batch),
        "outputs": memory.output_size_in_bytes,
    }


def main(folders):
    lax.scan = functools.partial(lax.scan, unroll=True)
    jax.default_backend = lambda: "stock"  # flaxen.ops has forms of its own for the CPU
    print(json.dumps([costs_of(folder) for folder in folders]))


main(sys.argv[1:])
