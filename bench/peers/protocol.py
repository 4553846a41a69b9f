"""How a peer is measured: it stays alive, and trains when it is asked to.

In: a JSON line `{"variant": "default", "epochs": 20}`. Out: `{"marks": [[step, seconds], ...], "setting": "..."}`.
A mark says how many steps were done when, by a monotonic clock; the bench takes the differences.
The first line out names the peer: `{"peer": "Keras 3.15.1"}`.
"""

import itertools
import json
import os
import sys
import time
import traceback

clock = time.perf_counter


class Marks(list):
    """The steps done and the time, once an epoch."""

    def __init__(self):
        super().__init__([[0, clock()]])

    def add(self, steps):
        """`steps` more were done by now."""
        self.append([self[-1][0] + steps, clock()])


def serve(peer, variants):
    """Answers until stdin ends. variants: name -> function(epochs) that returns (marks, setting)."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints must not look like an answer

    def answer(**fields):
        print(json.dumps(fields), file=answers, flush=True)

    answer(peer=peer)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            marks, setting = variants[request["variant"]](request["epochs"])
            answer(marks=marks, setting=setting)
        except Exception:
            answer(error=traceback.format_exc())


def best(candidates, seconds_per_step):
    """The candidate that needs the least time a step, each tried twice and judged by its better try."""
    found = {}
    for candidate in [*candidates, *candidates]:
        found[candidate] = min(seconds_per_step(candidate), found.get(candidate, float("inf")))
    for candidate, seconds in found.items():
        print(f"{candidate}: {seconds * 1e6:.0f} µs a step", file=sys.stderr)
    return min(found, key=found.get)


def rate(marks):
    """Seconds a step: the median over epochs, the first two left out."""
    rates = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.pairwise(marks[2:]))
    return rates[len(rates) // 2]
