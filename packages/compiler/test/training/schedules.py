"""Learning rates by their formulas, one step at a time in plain floats: SCHEDULES[type](numbers, step, steps)."""

import math


def between(start, end, share):
    return start + (end - start) * min(max(share, 0.0), 1.0)


def cosine_between(start, end, share):
    return between(end, start, (1 + math.cos(math.pi * min(max(share, 0.0), 1.0))) / 2)


def share_after(step, first, steps):
    """How far a step is on its way from `first` to the run's end."""
    return (step - first) / (steps - first) if steps > first else float(step > first)


def warmed(after):
    """A schedule that rises for `warmupSteps` and then is `after`."""

    def schedule(n, step, steps):
        warmup = n["warmupSteps"]
        return n["peak"] * step / warmup if step < warmup else after(n, step, steps)

    return schedule


def cosine_restarts(n, step, steps):
    start, cycle = 0, n["period"]
    while step >= start + cycle:
        start, cycle = start + cycle, cycle * n["growth"]
    return cosine_between(n["peak"], n["end"], (step - start) / cycle)


def piecewise(n, step, steps):
    return n["rates"][sum(step >= boundary for boundary in n["from"])]


def one_cycle(n, step, steps):
    peak, top = n["peak"], n["warmup"] * steps
    if step < top:
        return cosine_between(peak * n["startFactor"], peak, step / top)
    return cosine_between(peak, peak * n["endFactor"], share_after(step, top, steps))


def stable_decay(n, step, steps):
    left = steps - step
    decay = max(n["decaySteps"], 1)
    return n["peak"] if left >= decay else between(n["end"], n["peak"], left / decay)


SCHEDULES = {
    "constant": lambda n, step, steps: n["value"],
    "linear": lambda n, step, steps: between(n["peak"], n["end"], step / steps),
    "polynomial": lambda n, step, steps: n["end"] + (n["peak"] - n["end"]) * max(1 - step / steps, 0) ** n["power"],
    "cosine": lambda n, step, steps: cosine_between(n["peak"], n.get("end", 0), step / steps),
    "cosineRestarts": cosine_restarts,
    "exponential": lambda n, step, steps: (
        n["peak"] * n["factor"] ** (step // n["every"] if n["staircase"] else step / n["every"])
    ),
    "step": lambda n, step, steps: n["peak"] * n["factor"] ** (step // n["every"]),
    "piecewise": piecewise,
    "inverseSqrt": warmed(lambda n, step, steps: n["peak"] * math.sqrt(max(n["warmupSteps"], 1) / max(step, 1))),
    "oneCycle": one_cycle,
    "warmupConstant": warmed(lambda n, step, steps: n["peak"]),
    "warmupLinear": warmed(
        lambda n, step, steps: between(n["peak"], n["end"], share_after(step, n["warmupSteps"], steps))
    ),
    "warmupCosine": warmed(
        lambda n, step, steps: cosine_between(n["peak"], n.get("end", 0), share_after(step, n["warmupSteps"], steps))
    ),
    "warmupStableDecay": warmed(stable_decay),
}
