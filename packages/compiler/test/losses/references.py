"""Losses in NumPy's float64, metrics by scikit-learn; NaN where a class that a metric is of does not occur."""

import re

import numpy as np
from scipy.special import expit, log_expit, log_softmax, logsumexp, rel_entr, softmax, xlogy
from sklearn import metrics as sk

BETA = re.compile(r"f[0-9.]+")


def read(name, case, columns):
    """Returns output, target, counted: as the loss reads them, in float64; counted is None where rows are."""
    values, kind = columns[f"{name}In"].astype(np.float64), case["type"]
    if kind == "reconstruction":
        return np.tanh(values), values, None
    if kind == "nextToken":
        labels = columns["ids"][:, 1:]
        return values[:, :-1], labels, labels > 0
    target = columns[name]
    if kind == "binary":
        values = values[..., 0]
    if kind in ("classification", "binary"):
        return values, target, target >= 0 if target.ndim > 1 else None
    return values, target.astype(np.float64), None


def row_loss(name, case, columns, context):
    """Of every row or position, and how much each counts but for its row's weight."""
    output, target, counted = read(name, case, columns)
    kind, params = case["type"], case["params"]
    ones = np.ones(len(output)) if counted is None else counted.astype(np.float64)
    if params["loss"] in ("dice", "jaccard", "tversky"):
        return of_regions(params, output, target), ones
    if kind in ("classification", "nextToken"):
        return of_classes(name, params, output, target, context), ones
    losses = of_logits if kind in ("binary", "multiLabel") or params["loss"] == "bce" else of_numbers
    values = losses(params, output, target)
    if kind != "binary":
        values = values.reshape(len(values), -1).mean(-1)
    if params["loss"] == "rmse":
        values = np.sqrt(values)
    return values, ones


def of_classes(name, params, logits, labels, context):
    classes = logits.shape[-1]
    own = np.maximum(labels, 0)
    ce = logsumexp(logits, -1) - np.take_along_axis(logits, own[..., None], -1)[..., 0]
    loss = ce
    if params["loss"] == "categoricalHinge":
        others = np.where(np.arange(classes) == own[..., None], -np.inf, logits).max(-1)
        loss = np.maximum(0, 1 + others - np.take_along_axis(logits, own[..., None], -1)[..., 0])
    if params["loss"] == "focal":
        others = np.where(np.arange(classes) == own[..., None], -np.inf, logits)
        loss = np.exp(params["gamma"] * (logsumexp(others, -1) - logsumexp(logits, -1))) * ce
    smoothing = params.get("labelSmoothing", 0)
    if smoothing:
        loss = (1 - smoothing) * ce - smoothing * log_softmax(logits, -1).mean(-1)
    weights = params.get("classWeights")
    if weights == "balanced":
        weights = context["facts"][f"{name}_class_weights"]
    return loss if weights is None else np.asarray(weights)[own] * loss


def of_regions(params, logits, labels):
    """Of each row, in each of its positions; one class at a time."""
    several = logits.ndim > labels.ndim
    chances = softmax(logits, -1) if several else np.stack([1 - expit(logits), expit(logits)], -1)
    rows = np.zeros(len(labels))
    places = range(chances.shape[-1]) if several else [1]
    for row, place in np.ndindex(len(labels), len(places)):
        inside = labels[row] >= 0
        chance = chances[row][inside][:, places[place]]
        true = labels[row][inside] == places[place]
        hits, wrong, missed = chance[true].sum(), chance[~true].sum(), (1 - chance[true]).sum()
        if params["loss"] == "dice":
            hits, wrong, missed = 2 * hits, wrong, missed
        if params["loss"] == "tversky":
            wrong, missed = params["alpha"] * wrong, params["beta"] * missed
        smooth = params["smooth"]
        rows[row] += (1 - (hits + smooth) / (hits + wrong + missed + smooth)) / len(places)
    return np.broadcast_to(rows.reshape(-1, *[1] * (labels.ndim - 1)), labels.shape)


def of_logits(params, logits, target):
    if params["loss"] in ("hinge", "squaredHinge"):
        loss = np.maximum(0, 1 - np.where(target == 1, 1, -1) * logits)
        return loss if params["loss"] == "hinge" else loss**2
    loss = -target * log_expit(logits) - (1 - target) * log_expit(-logits)
    if params["loss"] == "focal":
        loss = loss * np.where(target == 1, expit(-logits), expit(logits)) ** params["gamma"]
    return np.where(target == 1, params.get("posWeight", 1), 1) * loss


def of_numbers(params, values, target):
    if params["loss"] == "gaussianNll":
        both = gaussian(values)
        mean, variance = np.split(both, 2, -1)
        return (np.log(variance) + (mean - target) ** 2 / variance) / 2
    error = values - target
    match params["loss"]:
        case "mse" | "rmse":
            return error**2
        case "kl":
            return (xlogy(target, target) - target * log_softmax(values, -1)).sum(-1)
        case "js":
            shares = softmax(values, -1)
            mean = (shares + target) / 2
            return (rel_entr(shares, mean) + rel_entr(target, mean)).sum(-1) / 2
        case "mae":
            return abs(error)
        case "huber":
            delta = params["delta"]
            return np.where(abs(error) <= delta, error**2 / 2, delta * (abs(error) - delta / 2))
        case "logCosh":
            return np.logaddexp(error, -error) - np.log(2)
        case "quantile":
            return np.where(error < 0, -params["quantile"] * error, (1 - params["quantile"]) * error)
        case "mape":
            return abs(error) / abs(target)
        case "msle":
            return (np.log1p(np.maximum(values, 0)) - np.log1p(target)) ** 2
        case "poisson":
            return np.exp(np.minimum(values, 700)) - target * values
        case "cosine":
            sizes = np.linalg.norm(values, axis=-1) * np.linalg.norm(target, axis=-1)
            return 1 - (values * target).sum(-1) / sizes


def loss_and_gradient(name, case, columns, context, step):
    """The sum over all rows, and its slope for every number of the input, by central differences."""
    key = f"{name}In"
    values = columns[key].astype(np.float64)

    def rows(values):
        losses, counted = row_loss(name, case, columns | {key: values}, context)
        return (losses * counted).reshape(len(losses), -1).sum(-1)

    slope = np.zeros_like(values)
    for place in np.ndindex(values.shape[1:]):
        moved = np.zeros(values.shape[1:])
        moved[place] = step
        slope[(slice(None), *place)] = (rows(values + moved) - rows(values - moved)) / (2 * step)
    return rows(values).sum(), slope


def metrics(name, case, columns, weights, context):
    """Metric -> its value over all rows."""
    output, target, _ = read(name, case, columns)
    losses, ones = row_loss(name, case, columns, context)
    each = weights.reshape(-1, *[1] * (ones.ndim - 1)) * ones
    found = {"loss": (losses * each).sum() / each.sum()}
    kind, params = case["type"], case["params"]
    if kind in ("classification", "nextToken"):
        score = classes_score
    elif kind == "binary":
        score = binary_score
    elif kind == "multiLabel":
        score = labels_score
    else:
        score = numbers_score
        output = predicted_numbers(params, output)
        if params["loss"] == "gaussianNll":
            output = np.split(output, 2, -1)[0]
    for metric in params["metrics"]:
        if metric == "mase":
            naive = abs(target[:, 1:] - target[:, :-1]).mean((0, 1))
            found[metric] = np.average((abs(output - target) / naive).mean((1, 2)), weights=each)
        else:
            found[metric] = score(metric, output, target, each)
    return found


def predicted_numbers(params, values):
    """What a head of numbers says, of what its projection gives."""
    match params["loss"]:
        case "poisson":
            return np.exp(values)
        case "bce":
            return expit(values)
        case "kl" | "js":
            return softmax(values, -1)
        case "gaussianNll":
            return gaussian(values)
    return values


def gaussian(values):
    """Means, then variances."""
    mean, raw = np.split(values, 2, -1)
    return np.concatenate([mean, np.logaddexp(raw, 0) + 1e-6], -1)


def classes_score(metric, logits, labels, weights):
    classes = logits.shape[-1]
    if metric == "sequenceAccuracy":
        row = weights.reshape(len(weights), -1)
        right = ((logits.argmax(-1) == labels).reshape(row.shape) | (row == 0)).all(-1)
        return (right * row.max(-1)).sum() / row.max(-1).sum()
    keep = weights.ravel() > 0
    logits, labels, weights = (
        logits.reshape(-1, classes)[keep],
        labels.ravel()[keep],
        weights.ravel()[keep],
    )
    best, every = logits.argmax(-1), np.arange(classes)
    given = {"sample_weight": weights}
    macro = given | {"average": "macro", "zero_division": 0}
    if ":" in metric:
        ratio, place = metric.split(":")
        mine, said = labels == int(place), best == int(place)
        if ratio == "specificity":
            return np.nan if (mine & said).all() else sk.recall_score(~mine, ~said, zero_division=0, **given)
        if int(place) not in {*labels.tolist(), *best.tolist()}:
            return np.nan
        if BETA.fullmatch(ratio):
            return sk.fbeta_score(mine, said, beta=float(ratio[1:]), zero_division=0, **given)
        function = {
            "precision": sk.precision_score,
            "recall": sk.recall_score,
            "iou": sk.jaccard_score,
        }
        return function[ratio](labels, best, labels=[int(place)], average=None, zero_division=0, **given)[0]
    if metric.startswith("top"):
        return sk.top_k_accuracy_score(labels, logits, k=int(metric[3:]), labels=every, **given)
    match metric:
        case "accuracy":
            return sk.accuracy_score(labels, best, **given)
        case "balancedAccuracy":
            return sk.recall_score(labels, best, labels=np.unique(labels), **macro)
        case "macroPrecision":
            return sk.precision_score(labels, best, **macro)
        case "macroRecall":
            return sk.recall_score(labels, best, **macro)
        case "macroF1":
            return sk.f1_score(labels, best, **macro)
        case "meanIoU":
            return sk.jaccard_score(labels, best, **macro)
        case "logLoss":
            return sk.log_loss(labels, softmax(logits, -1), labels=every, **given)
        case "brier":
            squares = ((softmax(logits, -1) - np.eye(classes)[labels]) ** 2).sum(-1)
            return np.average(squares, weights=weights)
        case "bitsPerToken":
            return sk.log_loss(labels, softmax(logits, -1), labels=every, **given) / np.log(2)
        case "perplexity":
            return np.exp(sk.log_loss(labels, softmax(logits, -1), labels=every, **given))
        case "calibrationError":
            return calibration(softmax(logits, -1).max(-1), best == labels, weights)


def binary_score(metric, logits, labels, weights):
    keep = weights.ravel() > 0
    logits, labels, weights = (
        logits.ravel()[keep],
        labels.ravel()[keep],
        weights.ravel()[keep],
    )
    said, given = (logits > 0).astype(int), {"sample_weight": weights}
    if ((metric in ("precision", "recall", "iou") or BETA.fullmatch(metric)) and not (labels | said).any()) or (
        metric == "specificity" and (labels & said).all()
    ):
        return np.nan
    if (metric == "rocAuc" and labels.min() == labels.max()) or (metric == "prAuc" and not labels.any()):
        return np.nan
    if BETA.fullmatch(metric):
        return sk.fbeta_score(labels, said, beta=float(metric[1:]), zero_division=0, **given)
    match metric:
        case "accuracy":
            return sk.accuracy_score(labels, said, **given)
        case "balancedAccuracy":
            return sk.balanced_accuracy_score(labels, said, **given)
        case "precision":
            return sk.precision_score(labels, said, zero_division=0, **given)
        case "recall":
            return sk.recall_score(labels, said, zero_division=0, **given)
        case "specificity":
            return sk.recall_score(labels, said, pos_label=0, zero_division=0, **given)
        case "iou":
            return sk.jaccard_score(labels, said, zero_division=0, **given)
        case "rocAuc":
            return sk.roc_auc_score(labels, binned(logits), **given)
        case "prAuc":
            return sk.average_precision_score(labels, binned(logits), **given)
        case "logLoss":
            return sk.log_loss(labels, expit(logits), labels=[0, 1], **given)
        case "brier":
            return sk.brier_score_loss(labels, expit(logits), **given)
        case "calibrationError":
            return calibration(expit(logits), labels, weights)


def binned(logits):
    """Logits of one of the 2,048 bins are equal; scikit-learn counts such pairs half."""
    return np.floor((np.clip(logits, -16, 16 - 1e-6) + 16) * 64)


def calibration(confidence, right, weights):
    bins = np.minimum((confidence * 15).astype(int), 14)
    return sum(abs((weights * (confidence - right))[bins == place].sum()) for place in range(15)) / weights.sum()


def labels_score(metric, logits, target, weights):
    keep = weights > 0
    said, target, weights = (logits > 0).astype(int)[keep], target.astype(int)[keep], weights[keep]
    given, occurring = {"sample_weight": weights}, np.flatnonzero((said | target).any(0))
    if ":" in metric:
        ratio, place = metric.split(":")
        return binary_score(ratio, logits[keep][:, int(place)], target[:, int(place)], weights)
    if metric == "meanIoU":
        metric = "macroIoU"
    for average in ("micro", "macro"):
        if metric.startswith(average):
            function = {
                "Precision": sk.precision_score,
                "Recall": sk.recall_score,
                "F1": sk.f1_score,
                "IoU": sk.jaccard_score,
            }
            if not occurring.size:
                return np.nan
            return function[metric[5:]](target, said, labels=occurring, average=average, zero_division=0, **given)
    match metric:
        case "accuracy":
            return 1 - sk.hamming_loss(target, said, **given)
        case "hammingLoss":
            return sk.hamming_loss(target, said, **given)
        case "logLoss" | "brier":
            columns = zip(logits[keep].T, target.T, strict=True)
            return np.mean([binary_score(metric, one, labels, weights) for one, labels in columns])
        case "exactMatch":
            return sk.accuracy_score(target, said, **given)


def numbers_score(metric, values, target, weights):
    outputs = values.shape[-1]
    positions = np.prod(values.shape[1:-1], dtype=int)
    values, target = values.reshape(-1, outputs), target.reshape(-1, outputs)
    weights = np.repeat(weights, positions)
    keep = weights > 0
    values, target, given = values[keep], target[keep], {"sample_weight": weights[keep]}
    if metric in ("r2", "explainedVariance", "pearson") and not np.ptp(target, axis=0).all():
        return np.nan
    match metric:
        case "mse":
            return sk.mean_squared_error(target, values, **given)
        case "smape":
            return np.average((2 * abs(values - target) / (abs(values) + abs(target))).mean(-1), weights=weights[keep])
        case "cosineSimilarity":
            cosines = np.diag(sk.pairwise.cosine_similarity(values, target))
            return np.average(cosines, weights=weights[keep])
        case "rmse":
            return np.sqrt(sk.mean_squared_error(target, values, **given))
        case "mae":
            return sk.mean_absolute_error(target, values, **given)
        case "mape":
            return sk.mean_absolute_percentage_error(target, values, **given)
        case "r2":
            return sk.r2_score(target, values, **given)
        case "explainedVariance":
            return sk.explained_variance_score(target, values, **given)
        case "pearson":
            pairs = zip(target.T, values.T, strict=True)
            covariances = [np.cov(pair, aweights=given["sample_weight"], ddof=0) for pair in pairs]
            return np.mean([one[0, 1] / np.sqrt(one[0, 0] * one[1, 1]) for one in covariances])


def check_prediction(name, case, columns, predicted):
    """What `predict` gives has the shape of all positions, the last of a sequence too."""
    values, kind = columns[f"{name}In"].astype(np.float64), case["type"]
    if kind in ("classification", "nextToken"):
        expected = softmax(values, -1)
    elif kind == "binary":
        expected = expit(values[..., 0])
    elif kind == "multiLabel":
        expected = expit(values)
    else:
        expected = np.tanh(values) if kind == "reconstruction" else values
        expected = predicted_numbers(case["params"], expected)
    np.testing.assert_allclose(predicted, expected, rtol=1e-4, atol=1e-5)
