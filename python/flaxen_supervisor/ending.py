"""Why a run ended, from what its worker told and how its process went."""

import signal

OWN_ENDINGS = ("oom", "disk-full")  # codes of failures that are endings of their own
NAMES = {
    signal.SIGSEGV: "a segmentation fault",
    signal.SIGABRT: "an abort",
    signal.SIGBUS: "a bus error",
    signal.SIGILL: "an illegal instruction",
    signal.SIGFPE: "an arithmetic fault",
}


def decide(code, result, failure, stderr, killed_for_memory):
    """Returns (reason, failure) of a worker that ended by itself.

    `code`: exit status as subprocess has it, negative for a signal; `stderr`: text of the end of what it printed.
    """
    if failure:
        return failure["code"] if failure["code"] in OWN_ENDINGS else "failed", failure
    if result:
        return result["reason"], None
    if code == -signal.SIGKILL and killed_for_memory:
        message = "the kernel killed it for want of memory"
        return "oom", describe("oom", "MemoryError", message, stderr)
    if code < 0:
        number = signal.Signals(-code)
        cause = NAMES.get(number, "a signal")
        return "failed", describe("worker-killed", number.name, f"Python was ended by {cause} ({number.name})", stderr)
    message = f"Python ended with exit code {code} before the training did"
    return "failed", describe("worker-exited", "SystemExit", message, stderr)


def describe(code, type, message, traceback, **data):
    """A failure that the supervisor found itself: no frames of Python's."""
    return {"code": code, "type": type, "message": message, "traceback": traceback, "frames": [], "data": data}
