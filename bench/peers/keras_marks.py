"""The marks of a `fit`."""

import keras

from protocol import Marks


class EpochMarks(keras.callbacks.Callback):
    """One mark an epoch; nothing is called after a batch, which would slow `fit` down."""

    def __init__(self, steps):
        super().__init__()
        self.steps, self.marks = steps, Marks()

    def on_epoch_end(self, _epoch, _logs=None):
        self.marks.add(self.steps)
