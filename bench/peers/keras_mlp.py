"""The digits MLP under `fit` of Keras on JAX: as it stands, and at its best `steps_per_execution`."""

import functools
import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras

from dataset import digits
from keras_digits import digits_mlp
from keras_marks import EpochMarks
from protocol import best, rate, serve

BATCH, STEPS = 32, 56
TRIED = (1, 2, 4, 7, 8, 14, 28, 56)  # steps per execution: all that divide an epoch


compiled = functools.cache(digits_mlp)


def fit(steps_per_execution, epochs):
    image, digit = (column[: STEPS * BATCH] for column in digits())
    callback = EpochMarks(STEPS)
    model = compiled(steps_per_execution)
    history = model.fit(image, digit, batch_size=BATCH, epochs=epochs, verbose=0, callbacks=[callback])
    return callback.marks, history.history["accuracy"][-1]


@functools.cache
def best_steps_per_execution():
    return best(TRIED, lambda steps: rate(fit(steps, 30)[0]))


def train(epochs):
    marks, accuracy = fit(1, epochs)
    return marks, f"steps_per_execution=1, accuracy {accuracy:.3f}"


def train_at_best(epochs):
    steps = best_steps_per_execution()
    marks, accuracy = fit(steps, epochs)
    return marks, f"steps_per_execution={steps}, accuracy {accuracy:.3f}"


if __name__ == "__main__":
    serve(f"Keras {keras.__version__} on JAX {jax.__version__}", {"default": train, "best": train_at_best})
