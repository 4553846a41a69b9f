"""What a run leaves behind: weights, and what was fitted on its train rows."""

import json

import jax

from flaxen.run.weights import save


def save_results(folder, weights, lanes, preprocessing):
    """Writes weights.safetensors (weights-<lane>.safetensors for lanes) and, where there is any, preprocessing.json.

    weights: (params, rest).
    """
    folder.mkdir(parents=True, exist_ok=True)
    if lanes is None:
        save(folder / "weights.safetensors", *weights)
    for lane in range(lanes or 0):
        params, rest = jax.tree.map(lambda leaf: leaf[lane], weights)  # noqa: B023
        save(folder / f"weights-{lane}.safetensors", params, rest)
    if preprocessing is not None:
        part = folder / "preprocessing.json.part"
        part.write_text(json.dumps(preprocessing))
        part.rename(folder / "preprocessing.json")
