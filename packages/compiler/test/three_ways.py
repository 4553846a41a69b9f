"""Looks at emitted classes with `jax.eval_shape`: what they give in prediction and in training, or why they cannot run.

Standard input: JSON list of {"text", "inputs": {name: {"shape", "dtype"}}, "hp": {name: number}, "head": whether the
class is a model with the head "out", which reads the values one by one, "embedded": if through an embedding}; first argument: a folder with the runtime. Prints
JSON: for each [[shape, dtype] in prediction, in training], or the error's line.
"""

import inspect
import json
import sys

sys.path.insert(0, sys.argv[1])

import jax
import jax.numpy as jnp
from flax import nnx

SIZES = {"batch": 7, "time": 64, "height": 50, "?": 40}
DTYPES = {"float": jnp.float32, "int": jnp.int32}

read = []


def listen(layer):
    """Notes what a layer reads: the head's features are the last of them."""
    original = layer.__call__

    def call(self, inputs, *args, **kwargs):
        read.append((inputs.shape, inputs.dtype))
        return original(self, inputs, *args, **kwargs)

    layer.__call__ = call


listen(nnx.Linear)
listen(nnx.Embed)


def outcome(case):
    space = {"__name__": "model"}
    exec(compile(case["text"], "model.py", "exec"), space)  # the emitted class is what is looked at
    made = space["Net"]
    inputs = {
        name: jax.ShapeDtypeStruct([SIZES.get(size, size) for size in one["shape"]], DTYPES[one["dtype"]])
        for name, one in case["inputs"].items()
    }
    hp = {name: jnp.float32(value) for name, value in case["hp"].items()}
    takes = inspect.signature(made.__call__).parameters
    found = []

    def run(inputs, hp):
        model = made(nnx.Rngs(0))
        given = inputs | ({"hp": hp} if "hp" in takes else {})
        results = []
        for train in (False, True):
            read.clear()
            out = model(**given, **({"train": train} if "train" in takes else {}))
            results.append(out["out"] if case["head"] else out)
            found.append(described(case, results[-1]))
        return results

    jax.eval_shape(run, inputs, hp)
    return found


def described(case, out):
    """Shape and dtype; of a model those of its features, each of which is one row for the head or for an embedding."""
    if not case["head"]:
        return [list(out.shape), out.dtype.name]
    # Whole numbers come to the head through an embedding.
    _, dtype = read[-2] if case["embedded"] else read[-1]
    return [list(out.shape[:-1]), dtype.name]


def attempt(case):
    try:
        return outcome(case)
    except Exception as error:  # whatever it is, it is a refusal
        return f"{type(error).__name__}: {error}".split("\n")[0][:300]


print(json.dumps([attempt(case) for case in json.load(sys.stdin)]))
