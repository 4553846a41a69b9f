"""The MNIST CNN under `fit` of Keras on JAX."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import functools

import jax
import keras

from dataset import mnist
from keras_marks import EpochMarks
from protocol import serve

BATCH = 128
mnist = functools.cache(mnist)


@functools.cache
def compiled():
    """A model that has trained on a few batches, the partial one of an epoch's end among them."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.layers.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    image, digit = mnist()
    rows = 20 * BATCH + len(digit) % BATCH
    model.fit(image[:rows], digit[:rows], batch_size=BATCH, verbose=0)
    return model


def train(epochs):
    model, (image, digit) = compiled(), mnist()
    callback = EpochMarks(-(-len(digit) // BATCH))
    history = model.fit(image, digit, batch_size=BATCH, epochs=epochs, verbose=0, callbacks=[callback])
    return callback.marks, f"accuracy {history.history['accuracy'][-1]:.3f}"


if __name__ == "__main__":
    serve(f"Keras {keras.__version__} on JAX {jax.__version__}", {"default": train})
