"""Why a run ended, from what its worker told and how its process went."""

import signal

OWN_ENDINGS = ("oom", "disk-full", "device-mismatch")  # codes of failures that are endings of their own
NAMES = {
    signal.SIGSEGV: "a segmentation fault",
    signal.SIGABRT: "an abort",
    signal.SIGBUS: "a bus error",
    signal.SIGILL: "an illegal instruction",
    signal.SIGFPE: "an arithmetic fault",
}


def decide(code, result, failure, stderr, killed_for_memory, rss=0):
    """Returns (reason, failure) of a worker that ended by itself.

    `code`: exit status as subprocess has it, negative for a signal, None for a worker that lives on;
    `stderr`: text of the end of what it printed; `rss`: bytes of memory that it held when that was last looked at.
    """
    if failure:
        if failure["code"] == "oom":
            failure["data"].setdefault("rss", rss)
        return failure["code"] if failure["code"] in OWN_ENDINGS else "failed", failure
    if result:
        return result["reason"], None
    if code is None:
        return "failed", describe("worker-exited", "SystemExit", "the program ended without a result", stderr)
    if code == -signal.SIGKILL and killed_for_memory:
        message = "the kernel killed it for want of memory"
        return "oom", describe("oom", "MemoryError", message, stderr, rss=rss)
    if code < 0:
        name = signal_name(code)
        cause = NAMES.get(-code, "a signal") + f" ({name})"
        hint = ": somebody's kill, maybe for want of memory" if code == -signal.SIGKILL else ""
        return "failed", describe("worker-killed", name, f"Python was ended by {cause}{hint}", stderr, rss=rss)
    message = f"Python ended with exit code {code} before the training did"
    return "failed", describe("worker-exited", "SystemExit", message, stderr)


def signal_name(code):
    """Name of the signal that an exit status tells of; None for an exit."""
    if code is None or code >= 0:
        return None
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"SIGRTMIN+{-code - signal.SIGRTMIN}"


def describe(code, type, message, traceback, **data):
    """A failure that the supervisor found itself: no frames of Python's."""
    return {"code": code, "type": type, "message": message, "traceback": traceback, "frames": [], "data": data}
