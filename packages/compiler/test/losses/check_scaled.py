"""Metrics of scaled targets, over uneven batches, against scikit-learn's on predictions and targets as the table has them.

Prints JSON: {"metrics": {metric: [ours, theirs]}, "loss": [ours, of scaled numbers], "scale": of every target}.
"""

import json
import pathlib
import sys

import jax
import numpy as np
from sklearn import metrics as sk

BATCH = 16


def main(folder):
    sys.path.insert(0, folder)
    import train
    from flaxen import data
    from flaxen.data import parts
    from flaxen.data.dataset import target_facts

    config = json.loads((pathlib.Path(folder) / "config.json").read_text())
    dataset, _ = data.load(config | {"assets": f"{folder}/assets"})
    facts = target_facts(config["data"]["expects"], dataset)
    hp = {name: np.float32(value) for name, value in (config["hyperparameters"] | facts).items()}
    hp |= {"total_steps": np.float32(1)}
    params, rest, _ = train.init(jax.random.key(0), hp)
    columns = {name: np.asarray(column) for name, column in dataset.columns.items()}
    total = {}
    for start in range(0, dataset.rows, BATCH):
        take = np.arange(start, start + BATCH)
        batch = {name: column[take % dataset.rows] for name, column in columns.items()}
        weight = (take < dataset.rows).astype(np.float32)
        _, (_, sums) = train.loss_fn(params, rest, hp, batch, weight, False)
        total = {name: total.get(name, 0) + np.asarray(value, np.float64) for name, value in sums.items()}
    ours, predicted = train.finish(total), train.predict((params, rest, None), hp, columns)

    found = {}
    for name in ("price", "both"):
        fitted = dataset.preprocessing["columns"][name]
        target, values = (parts.restore(fitted, np.asarray(one)) for one in (columns[name], predicted[name]))
        theirs = {
            "mse": sk.mean_squared_error(target, values),
            "rmse": np.sqrt(sk.mean_squared_error(target, values)),
            "mae": sk.mean_absolute_error(target, values),
            "r2": sk.r2_score(target, values),
            "explainedVariance": sk.explained_variance_score(target, values),
            "pearson": np.mean([np.corrcoef(*pair)[0, 1] for pair in zip(target.T, values.T, strict=True)]),
        }
        found |= {f"{name}/{metric}": [float(ours[f"{name}/{metric}"]), float(theirs[metric])] for metric in theirs}
    loss = [float(ours["price/loss"]), sk.mean_squared_error(columns["price"], predicted["price"])]
    scale = {name: np.asarray(value).tolist() for name, value in facts.items() if name.endswith("_scale")}
    print(json.dumps({"metrics": found, "loss": loss, "scale": scale}))


main(sys.argv[1])
