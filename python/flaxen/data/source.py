"""What a reader of data hands over."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Source:
    """Columns as they were read: name -> NumPy array [rows, ...].

    `validation` is None where validation rows are split off `train`, or where there are none.
    `row` names a row by its number in a message: "row 3", "line 5".
    """

    train: dict
    validation: dict | None = None
    row: Callable[[int], str] = "row {}".format
