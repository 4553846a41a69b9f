"""Trains emitted programs (see emitted.py) for two steps.

Of each case: {"folder", "groups": names of the layers whose weights are trained by rules of their own}. Gives {"names"} of
its metrics, the "losses" of both steps, how far weights "moved", also those of the groups ("groupsMoved"), and "finite".
"""

import emitted
import jax
import jax.numpy as jnp
import numpy as np

BATCH = 4


def trained(case):
    train, hp, columns = emitted.opened(case, steps=2)
    index = np.arange(2 * BATCH, dtype=np.int32).reshape(2, BATCH)
    weight = np.ones((2, BATCH), np.float32)

    # Op by op, each compiled once for all programs: to compile it whole would be a quarter of the time.
    carry = jax.tree.map(jnp.array, train.init.__wrapped__(jax.random.key(0), hp))
    whole = jax.eval_shape(train.init, jax.random.key(0), hp)
    assert jax.tree.map(jnp.shape, whole) == jax.tree.map(jnp.shape, carry), "init is another thing when it is traced"
    first = jax.tree.map(np.array, carry[0])
    described = jax.tree.map(lambda one: (one.shape, one.dtype), carry)
    carry, sums = train.train_steps(carry, hp, np.int32(2), columns, index, weight)
    assert described == jax.tree.map(lambda one: (one.shape, one.dtype), carry), "a step changes what is carried"
    steps = [train.finish({name: np.asarray(value)[step] for name, value in sums.items()}) for step in range(2)]
    predicted = train.predict(carry, hp, columns)
    moved = jax.tree.map(lambda before, now: float(np.abs(before - np.asarray(now)).max()), first, carry[0])
    finite = all(np.isfinite(np.asarray(value)).all() for value in jax.tree.leaves((predicted, carry[0])))
    return {
        "names": sorted(steps[0]),
        "losses": [float(one["loss"]) for one in steps],
        "moved": max(jax.tree.leaves(moved)),
        "groupsMoved": [max(jax.tree.leaves(moved[layer])) for layer in case["groups"]],
        "finite": bool(finite),
    }


if __name__ == "__main__":
    emitted.main(trained)
