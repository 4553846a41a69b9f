"""The program's functions, each compiled once, ahead of its first call."""

import time

import jax

from flaxen.run.cache import use_cache


class Functions:
    """Compiles and reports it."""

    def __init__(self, emit):
        self.emit, self._hits = emit, 0
        use_cache()
        jax.monitoring.register_event_listener(self._listen)

    def compile(self, name, function, *arguments):
        """Returns `function`, a jitted one, compiled for these arguments (arrays or their shapes) and no others."""
        self.emit("compile.started", function=name)
        started, hits = time.perf_counter(), self._hits
        compiled = function.lower(*arguments).compile()
        seconds = round(time.perf_counter() - started, 3)
        self.emit("compile.ended", function=name, seconds=seconds, cached=self._hits > hits)
        return compiled

    def _listen(self, event, **_):
        self._hits += event == "/jax/compilation_cache/cache_hits"
