"""How an attempt ended, from all that is known about it."""

import signal

from flaxen_supervisor import ending, processes


class Verdict:
    """`forced`: an ending that outweighs what the worker says: abandoned, disk-full, cancelled, timed-out."""

    def __init__(self):
        self.forced, self.rss = None, 0
        self._reason, self._failure = None, None
        self._memory_kills = processes.kills_for_memory()

    def force(self, reason):
        """The first one counts, but for `abandoned`."""
        self.forced = "abandoned" if reason == "abandoned" else self.forced or reason

    def unfit(self, builder):
        """There is no environment."""
        self._reason, self._failure = builder.reason, builder.failure

    def allows_retry(self, code, events):
        """Whether a signal ended it that nobody here had sent, and not for want of memory."""
        told = events.result or events.failure
        return code is not None and code < 0 and not told and not self.forced and not self._ran_out_of_memory(code)

    def reach(self, code, events, stderr):
        """Returns (reason, failure). `code`: of the worker that ended, None where there was none or it lives on."""
        result = events.result
        if self.forced in ("cancelled", "timed-out") and result and result["reason"] != "cancelled":
            return result["reason"], None
        if self.forced:
            return self.forced, None
        if self._failure:
            return self._reason, self._failure
        return ending.decide(code, result, events.failure, stderr, self._ran_out_of_memory(code), self.rss)

    def _ran_out_of_memory(self, code):
        return code == -signal.SIGKILL and processes.kills_for_memory() > self._memory_kills
