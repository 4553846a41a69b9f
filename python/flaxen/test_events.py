"""Lines of JSON that any parser takes."""

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flaxen.events import encode

WIRE = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}


@given(st.lists(st.floats(width=32), max_size=20), st.booleans())
def test_every_float_comes_back(values, as_array):
    line = encode({"type": "steps", "metrics": {"loss": np.array(values) if as_array else values}})
    assert line.endswith("\n")
    assert line.count("\n") == 1
    read = json.loads(line, parse_constant=lambda name: (_ for _ in ()).throw(ValueError(name)))
    np.testing.assert_array_equal([WIRE.get(value, value) for value in read["metrics"]["loss"]], values)


def test_numbers_of_numpy_and_texts():
    event = {
        "type": "epoch",
        "best": np.bool_(True),
        "step": np.int64(3),
        "metrics": {"loss": np.float32(0.5)},
        "t": "é\n",
    }
    assert json.loads(encode(event)) == {"type": "epoch", "best": True, "step": 3, "metrics": {"loss": 0.5}, "t": "é\n"}
    assert json.loads(encode({"type": "w", "values": (np.float64("nan"), None)})) == {
        "type": "w",
        "values": ["NaN", None],
    }
