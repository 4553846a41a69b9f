"""A Keras script that trains the digits MLP: prints a line at the end of its first batch, and ends."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras

from dataset import digits


class FirstBatch(keras.callbacks.Callback):
    """Says when the first batch was trained."""

    def on_train_batch_end(self, batch, **_logs):
        if batch == 0:
            print(f"Keras {keras.__version__} on JAX {jax.__version__}", flush=True)


keras.utils.set_random_seed(0)
model = keras.Sequential(
    [
        keras.layers.Input((64,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(1e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
image, digit = digits()
model.fit(image, digit, batch_size=32, epochs=1, verbose=0, callbacks=[FirstBatch()])
