"""What a reader of data hands over."""

import dataclasses
from collections.abc import Callable

PARTS = ("validation", "test")  # beside the rows that are trained on


@dataclasses.dataclass(frozen=True)
class Source:
    """Columns as they were read: name -> NumPy array [rows, ...], or a `Table`, where they have to be fitted first.

    `apart`: "validation" and "test" -> the rows of such a part, where it is not split off `train`.
    `row` names a row by its number in a message: "row 3", "line 5".
    `marks`: "validation" and "test" -> "group", "column" and "stratify" -> [rows] values by which rows are set aside.
    `preprocessing`: what is saved with the weights of data that is not fitted.
    """

    train: object
    apart: dict = dataclasses.field(default_factory=dict)
    row: Callable[[int], str] = "row {}".format
    marks: dict = dataclasses.field(default_factory=dict)
    preprocessing: dict | None = None


def ways(spec):
    """Part -> how the config's `data` sets its rows aside, for the parts that there are."""
    return {part: spec[part] for part in PARTS if spec.get(part) is not None}
