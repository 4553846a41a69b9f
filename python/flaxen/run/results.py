"""What a run leaves behind: weights, and what its train rows told."""

import json

import jax

from flaxen.events import finite, plain
from flaxen.run.weights import save


def save_results(folder, weights, lanes, preprocessing, facts):
    """Writes weights.safetensors (weights-<lane>.safetensors for lanes) and, where there is any, preprocessing.json.

    weights: (params, rest); preprocessing: what was fitted, or None; facts: what `target_facts` gives.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if lanes is None:
        save(folder / "weights.safetensors", *weights)
    for lane in range(lanes or 0):
        params, rest = jax.tree.map(lambda leaf: leaf[lane], weights)  # noqa: B023
        save(folder / f"weights-{lane}.safetensors", params, rest)
    known = (preprocessing or {}) | ({"facts": finite(facts)} if facts else {})
    if known:
        part = folder / "preprocessing.json.part"
        part.write_text(json.dumps(known, default=plain))
        part.rename(folder / "preprocessing.json")
