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
    way = between if n.get("anneal") == "linear" else cosine_between
    if step < top:
        return way(peak * n["startFactor"], peak, step / top)
    return way(peak, peak * n["endFactor"], share_after(step, top, steps))


def stable_decay(n, step, steps):
    left = steps - step
    decay = max(n["decaySteps"], 1)
    return n["peak"] if left >= decay else between(n["end"], n["peak"], left / decay)


def times(n, step):
    """Periods that have passed; an epoch is 5 steps."""
    passed = step / (n["every"] * (5 if n.get("unit") == "epochs" else 1))
    return math.floor(passed) if n.get("staircase") else passed


def join(n, step, steps):
    """The part that holds, on a run of its own."""
    starts = [0, *n["from"], steps]
    place = sum(step >= start for start in n["from"])
    part = n["schedules"][place]
    return SCHEDULES[part["type"]](part["params"], step - starts[place], starts[place + 1] - starts[place])


SCHEDULES = {
    "constant": lambda n, step, steps: n["value"],
    "linear": lambda n, step, steps: between(n["peak"], n["end"], step / steps),
    "polynomial": lambda n, step, steps: n["end"] + (n["peak"] - n["end"]) * max(1 - step / steps, 0) ** n["power"],
    "cosine": lambda n, step, steps: cosine_between(n["peak"], n.get("end", 0), step / steps),
    "cosineRestarts": cosine_restarts,
    "exponential": lambda n, step, steps: n["peak"] * n["factor"] ** times(n, step),
    "step": lambda n, step, steps: n["peak"] * n["factor"] ** times(n | {"staircase": True}, step),
    "inverseTime": lambda n, step, steps: n["peak"] / (1 + n["rate"] * times(n, step)),
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
    "warmupExponential": warmed(
        lambda n, step, steps: max(n["end"], n["peak"] * n["factor"] ** ((step - n["warmupSteps"]) / n["every"]))
    ),
    "join": join,
    "warmupStableDecay": warmed(stable_decay),
}
