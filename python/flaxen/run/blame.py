"""Which operation made the loss NaN or infinite."""

import math
import pathlib
import traceback

import jax

from flaxen.run.carry import copy, not_finite


class NonFiniteLossError(Exception):
    """The loss is NaN or infinite. `facts`: step, epoch, value and, where it is known, layer."""

    code = "non-finite-loss"

    def __init__(self, message, **facts):
        super().__init__(message)
        self.facts = facts


def blame(steps, snapshots, bad, value):
    """Returns the error to raise `from` its cause; the cause's traceback ends at the operation.

    The loss of step `bad` is not finite. Either its forward pass made that, or the gradients of the step before did:
    both are run again from the last sound carry, the guilty one operation by operation.
    """
    epoch = bad // steps.order.steps
    facts = {"step": bad, "epoch": epoch, "value": _name(value)}
    said = f"the loss is {_name(value)} at step {bad} (epoch {epoch})"
    first, carry = snapshots.latest(max(bad - 1, 0))
    step = max(bad - 1, first)
    carry = steps.again(carry, first, step - first)
    if step < bad:
        after = steps.again(copy(carry), step, 1)
        if not not_finite(after[0]):
            step, carry = bad, after
    cause = _first_operation(steps, carry, step)
    if cause:
        operation = str(cause).partition(" encountered in ")[2].split(".")[0].split("\n")[0] or "an operation"
        during = "" if step == bad else f"; the gradients of step {step} made the weights so"
        return NonFiniteLossError(f"{said}: first met in {operation}{_place(cause)}{during}", **facts), cause
    paths = not_finite(steps.one_by_one(carry, step)[0][0])
    if paths:
        layer = paths[0].rpartition("/")[0]
        message = f'{said}: step {step} made the weights of "{layer}" so ({", ".join(paths[:5])})'
        return NonFiniteLossError(message, **facts, layer=layer), None
    return NonFiniteLossError(f"{said}; run operation by operation, the same step is finite", **facts), None


def _first_operation(steps, carry, step):
    """The error of the first operation that gives an infinity or a NaN, else of the first that gives a NaN."""
    for infinities in (True, False):
        try:
            with jax.debug_nans(True), jax.debug_infs(infinities):
                steps.one_by_one(carry, step)
        except FloatingPointError as error:
            if not infinities or _in_model(error):
                return error
    return None


def _in_model(error):
    return any(pathlib.Path(frame.filename).name == "model.py" for frame in _frames(error))


def _place(error):
    own = [frame for frame in _frames(error) if pathlib.Path(frame.filename).name in ("model.py", "train.py")]
    return f" at {pathlib.Path(own[-1].filename).name}:{own[-1].lineno}, `{own[-1].line}`" if own else ""


def _frames(error):
    chain = [error, *([error.__cause__] if error.__cause__ else [])]
    return [frame for one in chain for frame in traceback.extract_tb(one.__traceback__)]


def _name(value):
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
