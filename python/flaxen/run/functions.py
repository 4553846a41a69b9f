"""The program's functions, each compiled once, ahead of its first call."""

import collections
import concurrent.futures
import functools
import threading
import time

import jax

from flaxen.run.cache import use_cache

KEPT = 24  # compiled functions of a process at most: those of several sizes of data, batches and lanes


@functools.cache
def compiled_functions():
    """Those of this process: what one run has compiled serves the next."""
    return Functions()


class Functions:
    """Compiles and reports it. XLA works in threads, so that several functions take little longer than one.

    A function is compiled for arrays or their shapes, and for nothing else; a program that comes again with the same
    gets the same executable, and no report, as nothing is compiled.
    """

    def __init__(self):
        self.threads, self.kept = concurrent.futures.ThreadPoolExecutor(4, "compile"), collections.OrderedDict()
        self.hits = set()
        use_cache()
        jax.monitoring.register_event_listener(self._listen)

    def start(self, emit, name, function, *arguments, **options):
        """Begins to compile `function`, a jitted one.

        Returns (shapes of the results, a function that waits for the compiled one).
        """
        leaves, structure = jax.tree.flatten(arguments)
        shapes = tuple((leaf.shape, leaf.dtype) for leaf in leaves)
        key = function, structure, shapes, tuple(sorted(options.items()))
        if key in self.kept:
            self.kept.move_to_end(key)
            shape, compiled = self.kept[key]
            return shape, lambda: compiled
        emit("compile.started", function=name)
        started = time.perf_counter()
        lowered = function.lower(*arguments)
        compiling = self.threads.submit(self._compile, lowered, options)

        def wait():
            compiled, ended, cached = compiling.result()
            emit("compile.ended", function=name, seconds=round(ended - started, 3), cached=cached)
            self._keep(key, (lowered.out_info, compiled))
            return compiled

        return lowered.out_info, wait

    def _keep(self, key, value):
        self.kept[key] = value
        if len(self.kept) > KEPT:
            self.kept.popitem(last=False)

    def _compile(self, lowered, options):
        compiled = lowered.compile(compiler_options=options)
        thread = threading.get_ident()
        cached = thread in self.hits
        self.hits.discard(thread)
        return compiled, time.perf_counter(), cached

    def _listen(self, event, **_):
        if event == "/jax/compilation_cache/cache_hits":
            self.hits.add(threading.get_ident())
