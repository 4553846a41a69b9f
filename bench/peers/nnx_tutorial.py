"""The digits MLP under the loop of Flax's MNIST tutorial, call for call: nnx.Optimizer, nnx.MultiMetric, nnx.jit.

As there, batches are NumPy arrays, `rngs` is an argument of the step, and `model.train()` stands before each.
"""

import flax
import numpy as np
import optax
from flax import nnx

from dataset import digits
from protocol import Marks, serve

BATCH, STEPS = 32, 56


class Mlp(nnx.Module):
    def __init__(self, rngs):
        self.dense1 = nnx.Linear(64, 128, rngs=rngs)
        self.dense2 = nnx.Linear(128, 128, rngs=rngs)
        self.digit = nnx.Linear(128, 10, rngs=rngs)

    def __call__(self, x, _rngs):
        return self.digit(nnx.relu(self.dense2(nnx.relu(self.dense1(x)))))


def loss_fn(model, rngs, batch):
    logits = model(batch["image"], rngs)
    return optax.softmax_cross_entropy_with_integer_labels(logits, batch["label"]).mean(), logits


@nnx.jit
def train_step(model, optimizer, metrics, rngs, batch):
    (loss, logits), grads = nnx.value_and_grad(loss_fn, has_aux=True)(model, rngs, batch)
    metrics.update(loss=loss, logits=logits, labels=batch["label"])
    optimizer.update(model, grads)


def train(epochs):
    image, digit = digits()
    model = Mlp(nnx.Rngs(0))
    optimizer = nnx.Optimizer(model, optax.adam(1e-3), wrt=nnx.Param)
    metrics = nnx.MultiMetric(accuracy=nnx.metrics.Accuracy(), loss=nnx.metrics.Average("loss"))
    rngs, marks, history = nnx.Rngs(0), Marks(), []
    for epoch in range(epochs):
        order = np.random.default_rng((0, epoch)).permutation(STEPS * BATCH).reshape(STEPS, BATCH)
        for rows in order:
            model.train()
            train_step(model, optimizer, metrics, rngs, {"image": image[rows], "label": digit[rows]})
        history.append({name: float(value) for name, value in metrics.compute().items()})
        metrics.reset()
        marks.add(STEPS)
    return marks, f"accuracy {history[-1]['accuracy']:.3f}"


if __name__ == "__main__":
    serve(f"Flax {flax.__version__}, nnx.jit", {"default": train})
