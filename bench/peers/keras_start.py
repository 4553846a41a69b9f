"""A Keras script that trains the digits MLP: prints a line at the end of its first batch, and ends."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras

from dataset import digits
from keras_digits import digits_mlp


class FirstBatch(keras.callbacks.Callback):
    """Says when the first batch was trained."""

    def on_train_batch_end(self, batch, **_logs):
        if batch == 0:
            print(f"Keras {keras.__version__} on JAX {jax.__version__}", flush=True)


image, digit = digits()
digits_mlp().fit(image, digit, batch_size=32, epochs=1, verbose=0, callbacks=[FirstBatch()])
