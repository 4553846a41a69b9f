"""The program's functions, each compiled once, ahead of its first call."""

import concurrent.futures
import threading
import time

import jax

from flaxen.run.cache import use_cache


class Functions:
    """Compiles and reports it. XLA works in threads, so that several functions take little longer than one."""

    def __init__(self, emit):
        self.emit, self.threads = emit, concurrent.futures.ThreadPoolExecutor(4, "compile")
        self.hits = set()
        use_cache()
        jax.monitoring.register_event_listener(self._listen)

    def start(self, name, function, *arguments, **options):
        """Begins to compile `function`, a jitted one, for these arguments (arrays or their shapes) and no others.

        Returns (shapes of the results, a function that waits for the compiled one).
        """
        self.emit("compile.started", function=name)
        started = time.perf_counter()
        lowered = function.lower(*arguments)
        compiling = self.threads.submit(self._compile, lowered, options)

        def wait():
            compiled, ended, cached = compiling.result()
            self.emit("compile.ended", function=name, seconds=round(ended - started, 3), cached=cached)
            return compiled

        return lowered.out_info, wait

    def _compile(self, lowered, options):
        compiled = lowered.compile(compiler_options=options)
        thread = threading.get_ident()
        cached = thread in self.hits
        self.hits.discard(thread)
        return compiled, time.perf_counter(), cached

    def _listen(self, event, **_):
        if event == "/jax/compilation_cache/cache_hits":
            self.hits.add(threading.get_ident())
