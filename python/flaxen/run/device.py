"""What the run computes on."""

import os

import jax


class DeviceMismatchError(Exception):
    """Another kind of device than was asked for. `facts`: asked, found (None: JAX could start no device at all)."""

    code = "device-mismatch"

    def __init__(self, message, asked, found):
        super().__init__(message)
        self.facts = {"asked": asked, "found": found}


def open_device():
    """Returns (backend, names of its devices). Raises unless it is what FLAXEN_DEVICE ("gpu", "cpu") asks for."""
    asked = os.environ.get("FLAXEN_DEVICE")
    if asked == "cpu" and not jax.config.jax_platforms:
        jax.config.update("jax_platforms", "cpu")  # else a GPU would be taken, only to be refused
    try:
        found, devices = jax.default_backend(), [str(device) for device in jax.devices()]
    except RuntimeError as error:
        if not asked:
            raise
        raise _mismatch(asked, None, f"JAX starts no device: {error}") from error
    if asked and asked != found:
        raise _mismatch(asked, found, f"JAX computes on {', '.join(devices)}")
    return found, devices


def _mismatch(asked, found, seen):
    advice = {
        "gpu": "Install a JAX that knows this GPU (the driver must be there as well), or ask for no device.",
        "cpu": "JAX_PLATFORMS asks for another one: unset it, or ask for that device.",
    }
    return DeviceMismatchError(f'a "{asked}" was asked for, but {seen}. {advice.get(asked, "")}', asked, found)
