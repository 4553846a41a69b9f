"""Trains emitted programs (see emitted.py) for two steps and says what every head, and every weight, made of it.

Of each: {"predicted": head -> its loss of what is predicted before the first step, "losses": head -> of both steps,
"finite": head -> whether what is predicted, before and after, is, "moved": weight -> how far}.
"""

import emitted
import jax
import numpy as np

STEPS = 2


def looked_at(case):
    train, hp, columns = emitted.opened(case, STEPS)
    rows = len(next(iter(columns.values())))
    index = np.stack([np.arange(rows, dtype=np.int32)] * STEPS)

    # Step by step: programs have many weights alike, and what draws one is compiled once for all of them.
    carry = train.init.__wrapped__(jax.random.key(0), hp)
    first = jax.tree.map(np.array, carry[0])
    outputs = [train.predict(carry, hp, columns)]
    carry, sums = train.train_steps(carry, hp, np.int32(STEPS), columns, index, np.ones((STEPS, rows), np.float32))
    outputs.append(train.predict(carry, hp, columns))
    moved = jax.tree.map(lambda before, now: float(np.abs(before - np.asarray(now)).max()), first, carry[0])
    heads = list(outputs[0])
    return {
        "predicted": {name: float(((outputs[0][name] - columns[name]) ** 2).mean()) for name in heads},
        "losses": {name: np.asarray(sums[f"{name}/loss"] / sums["rows"]).tolist() for name in heads},
        "finite": {name: all(bool(np.isfinite(out[name]).all()) for out in outputs) for name in heads},
        "moved": {"/".join(str(key.key) for key in path): far for path, far in jax.tree.leaves_with_path(moved)},
    }


if __name__ == "__main__":
    emitted.main(looked_at)
