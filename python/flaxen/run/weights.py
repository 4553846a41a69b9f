"""Weights in a safetensors file, under names that a person reads: "conv1/kernel", "norm1/mean"."""

import jax
import jax.numpy as jnp
import numpy as np


def flatten(params, rest):
    """Returns name -> array. The state of random generators is left out."""
    named = {}
    for tree in (params, rest):
        for path, leaf in jax.tree_util.tree_leaves_with_path(tree):
            keys = [str(key.key) for key in path]
            if "rngs" not in keys:
                named["/".join(keys)] = leaf
    return named


def save(path, params, rest):
    """Writes the file beside its place and renames it: nobody sees half of it."""
    from safetensors.numpy import save_file

    arrays = {name: np.asarray(leaf, order="C") for name, leaf in jax.device_get(flatten(params, rest)).items()}
    part = path.with_name(path.name + ".part")
    save_file(arrays, part)
    part.rename(path)


def restore(path, params, rest):
    """Returns (params, rest) with the file's arrays in place of shapes; generators of random numbers start anew."""
    from safetensors.numpy import load_file

    stored = load_file(path)

    def leaf(path, shape):
        keys = [str(key.key) for key in path]
        if "rngs" in keys:
            is_key = jnp.issubdtype(shape.dtype, jax.dtypes.prng_key)
            return jnp.broadcast_to(jax.random.key(0), shape.shape) if is_key else np.zeros(shape.shape, shape.dtype)
        name = "/".join(keys)
        if name not in stored or stored[name].shape != shape.shape:
            found = f"has the shape {stored[name].shape}" if name in stored else "is missing"
            raise ValueError(f'the weights "{name}" of shape {shape.shape}: the file\'s array {found}')
        return stored[name]

    return tuple(jax.tree_util.tree_map_with_path(leaf, tree) for tree in (params, rest))


def load(path):
    """Returns name -> array of a safetensors file, for `start_from`."""
    from safetensors.numpy import load_file

    return load_file(path)


def start_from(weights, params, rest):
    """Returns (params, rest) with the given arrays in place of those of their names; the others stay.

    weights: name -> array. A name that the model does not have, or another shape, is a ValueError.
    """
    left = dict(weights)

    def leaf(path, own):
        keys = [str(key.key) for key in path]
        given = None if "rngs" in keys else left.pop("/".join(keys), None)
        if given is None:
            return own
        if given.shape != own.shape:
            raise ValueError(f'the weights "{"/".join(keys)}" of shape {own.shape}: those given have {given.shape}')
        return jnp.asarray(given, own.dtype)

    started = tuple(jax.tree_util.tree_map_with_path(leaf, tree) for tree in (params, rest))
    if left:
        raise ValueError(f"weights that the model does not have: {', '.join(sorted(left))}")
    return started
