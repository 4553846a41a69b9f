"""What a reader of data hands over."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Source:
    """Columns as they were read: name -> NumPy array [rows, ...], or a `Table`, where they have to be fitted first.

    `validation` is None where validation rows are split off `train`, or where there are none.
    `row` names a row by its number in a message: "row 3", "line 5".
    `marks`: "group", "column" and "stratify" -> [rows] values by which rows are set aside.
    `preprocessing`: what is saved with the weights of data that is not fitted.
    """

    train: object
    validation: object = None
    row: Callable[[int], str] = "row {}".format
    marks: dict = dataclasses.field(default_factory=dict)
    preprocessing: dict | None = None
