"""What a loss or a metric of the user's own gives for the rows of a batch."""


def per_row(value, weight, name, count=None):
    """The value as it is; raises where it is not one number for each row or position, as `weight` has.

    With `count` it is a tuple of so many.
    """
    if count is None:
        parts = (value,)
    elif isinstance(value, tuple | list) and len(value) == count:
        parts = value
    else:
        given = f"{len(value)} of them" if isinstance(value, tuple | list) else "one value"
        raise ValueError(f"{name} gave {given}, but it must give {count}: one for each of its sums")
    for part in parts:
        shape = getattr(part, "shape", ())
        if tuple(shape) != tuple(weight.shape):
            what = "row" if weight.ndim == 1 else "position"
            wanted = f"one number for each {what} of a batch: {list(weight.shape)}"
            raise ValueError(f"{name} gave {list(shape)}, but it must give {wanted}")
    return value
