"""Optimizers by the formulas of their papers, in NumPy float64.

Each is a function of (numbers as in the document, learning rate by step) that returns `update(step, gradients, weights)`,
which gives what is added to the weights; both are name -> array.
"""

import numpy as np


def each(rule):
    """An optimizer whose rule looks at one array at a time: rule(numbers, rate, memory, step, gradient, weight)."""

    def optimizer(numbers, rate):
        memories = {}

        def update(step, gradients, weights):
            return {
                name: rule(numbers, rate(step), memories.setdefault(name, {}), step + 1, gradients[name], weights[name])
                for name in gradients
            }

        return update

    return optimizer


def mean(memory, key, decay, value):
    """A running mean from zero on."""
    memory[key] = decay * memory.get(key, 0) + (1 - decay) * value
    return memory[key]


def decays(numbers, weight):
    share = numbers.get("weightDecay", 0)
    return share * weight if numbers.get("decay") != "kernels" or weight.ndim > 1 else 0


@each
def sgd(n, rate, memory, t, g, w):
    if "momentum" not in n:
        return -rate * g
    memory["v"] = g + n["momentum"] * memory.get("v", 0)
    return -rate * (g + n["momentum"] * memory["v"] if n["nesterov"] else memory["v"])


def adam_direction(n, memory, t, g):
    m, v = mean(memory, "m", n["b1"], g), mean(memory, "v", n["b2"], g * g)
    return m / (1 - n["b1"] ** t) / (np.sqrt(v / (1 - n["b2"] ** t)) + n["eps"])


@each
def adam(n, rate, memory, t, g, w):
    return -rate * adam_direction(n, memory, t, g)


@each
def adamw(n, rate, memory, t, g, w):
    return -rate * (adam_direction(n, memory, t, g) + decays(n, w))


@each
def nadam(n, rate, memory, t, g, w):
    m, v = mean(memory, "m", n["b1"], g), mean(memory, "v", n["b2"], g * g)
    ahead = n["b1"] * m / (1 - n["b1"] ** (t + 1)) + (1 - n["b1"]) * g / (1 - n["b1"] ** t)
    return -rate * ahead / (np.sqrt(v / (1 - n["b2"] ** t)) + n["eps"])


@each
def radam(n, rate, memory, t, g, w):
    m, v = mean(memory, "m", n["b1"], g), mean(memory, "v", n["b2"], g * g)
    m_hat = m / (1 - n["b1"] ** t)
    longest = 2 / (1 - n["b2"]) - 1
    length = longest - 2 * t * n["b2"] ** t / (1 - n["b2"] ** t)
    if length < n["threshold"]:
        return -rate * m_hat
    share = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
    return -rate * np.sqrt(share) * m_hat / (np.sqrt(v / (1 - n["b2"] ** t)) + n["eps"])


@each
def adamax(n, rate, memory, t, g, w):
    m = mean(memory, "m", n["b1"], g)
    memory["u"] = np.maximum(n["b2"] * memory.get("u", 0), np.abs(g) + n["eps"])
    return -rate / (1 - n["b1"] ** t) * m / memory["u"]


@each
def adabelief(n, rate, memory, t, g, w):
    m = mean(memory, "m", n["b1"], g)
    s = mean(memory, "s", n["b2"], (g - m) ** 2) + n["epsRoot"]
    memory["s"] = s
    return -rate * m / (1 - n["b1"] ** t) / (np.sqrt(s / (1 - n["b2"] ** t)) + n["eps"])


@each
def rmsprop(n, rate, memory, t, g, w):
    step = -rate * g / np.sqrt(mean(memory, "v", n["decay"], g * g) + n["eps"])
    memory["b"] = step + n.get("momentum", 0) * memory.get("b", 0)
    return memory["b"]


@each
def adagrad(n, rate, memory, t, g, w):
    memory["sum"] = memory.get("sum", n["initialAccumulator"]) + g * g
    return -rate * g / np.sqrt(memory["sum"] + n["eps"])


@each
def adadelta(n, rate, memory, t, g, w):
    v = mean(memory, "v", n["rho"], g * g)
    step = np.sqrt(memory.get("x", 0) + n["eps"]) / np.sqrt(v + n["eps"]) * g
    mean(memory, "x", n["rho"], step * step)
    return -rate * step


@each
def lion(n, rate, memory, t, g, w):
    direction = np.sign(n["b1"] * memory.get("m", 0) + (1 - n["b1"]) * g)
    mean(memory, "m", n["b2"], g)
    return -rate * (direction + decays(n, w))


@each
def lamb(n, rate, memory, t, g, w):
    step = adam_direction(n, memory, t, g) + decays(n, w)
    norms = np.linalg.norm(w), np.linalg.norm(step)
    return -rate * step * (norms[0] / norms[1] if all(norms) else 1)


@each
def lars(n, rate, memory, t, g, w):
    g = g + decays(n, w)
    norms = np.linalg.norm(w), np.linalg.norm(g)
    scale = n["trustCoefficient"] * norms[0] / (norms[1] + n["eps"]) if all(norms) else 1
    step = -rate * scale * g
    memory["v"] = step + n["momentum"] * memory.get("v", 0)
    return step + n["momentum"] * memory["v"] if n["nesterov"] else memory["v"]


@each
def adafactor(n, rate, memory, t, g, w):
    decay = 1 - t ** -n["decayRate"]
    square = g * g + n["eps"]
    if w.ndim > 1 and sorted(w.shape)[-2] >= n["smallestFactored"]:
        short, long = np.argsort(w.shape)[-2:]
        rows = mean(memory, "r", decay, square.mean(long, keepdims=True))
        columns = mean(memory, "c", decay, square.mean(short, keepdims=True))
        step = g / np.sqrt(rows * columns / rows.mean(short, keepdims=True))
    else:
        step = g / np.sqrt(mean(memory, "v", decay, square))
    step = step / max(1, np.sqrt((step**2).mean()) / n["clippingThreshold"])
    step = rate * step
    if n["relative"]:
        step = step * max(np.sqrt((w**2).mean()), 1e-3)
    if "momentum" in n:
        step = mean(memory, "m", n["momentum"], step)
    return -(step + decays(n, w))


@each
def muon(n, rate, memory, t, g, w):
    if w.ndim != 2:
        step = nadam_or_adam(n, memory, t, g)
        return -rate * (step + n["adamWeightDecay"] * w)
    b = n["momentum"]
    m = mean(memory, "m", b, g)
    x = b * m / (1 - b ** (t + 1)) + (1 - b) * g / (1 - b**t) if n["nesterov"] else m / (1 - b**t)
    wide = x.shape[0] <= x.shape[1]
    x = x if wide else x.T
    x = x / (np.linalg.norm(x) + n["eps"])
    for _ in range(n["newtonSchulzSteps"]):
        square = x @ x.T
        x = 3.4445 * x + (-4.775 * square + 2.0315 * square @ square) @ x
    x = (x if wide else x.T) * np.sqrt(max(w.shape)) * n["rms"]
    return -rate * (x + n["weightDecay"] * w)


def nadam_or_adam(n, memory, t, g):
    m, v = mean(memory, "m", n["b1"], g), mean(memory, "v", n["b2"], g * g)
    ahead = n["b1"] * m / (1 - n["b1"] ** (t + 1)) + (1 - n["b1"]) * g / (1 - n["b1"] ** t)
    plain = m / (1 - n["b1"] ** t)
    return (ahead if n["nesterov"] else plain) / (np.sqrt(v / (1 - n["b2"] ** t)) + n["eps"])


OPTIMIZERS = {
    "sgd": sgd,
    "adam": adam,
    "adamw": adamw,
    "nadam": nadam,
    "radam": radam,
    "adamax": adamax,
    "adabelief": adabelief,
    "rmsprop": rmsprop,
    "adagrad": adagrad,
    "adadelta": adadelta,
    "adafactor": adafactor,
    "lion": lion,
    "lamb": lamb,
    "lars": lars,
    "muon": muon,
}
