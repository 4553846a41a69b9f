"""The steps of a run by their number: which rows each reads, and how to run some of them again."""

import inspect

import jax
import numpy as np

from flaxen.data import batches


def parts_of(train_steps):
    """In how many parts the program's `train_steps` reads a batch: the constant PARTS of its module, else 1."""
    return inspect.unwrap(train_steps).__globals__.get("PARTS", 1)


class Order:
    """Which rows every step reads. Nothing but `shuffle_seed` and the epoch's number decides."""

    def __init__(self, rows, batch_size, shuffle_seed, chunk):
        self.rows, self.batch_size, self.shuffle_seed, self.chunk = rows, batch_size, shuffle_seed, chunk
        self.steps = batches.steps_per_epoch(rows, batch_size)
        self.weight = self._roomy(batches.weights(rows, batch_size))

    def epoch(self, epoch):
        """Returns index, weight: [steps + chunk, batch], so that a whole chunk can be cut from any step on."""
        return self._roomy(batches.shuffled(self.rows, self.batch_size, self.shuffle_seed, epoch)), self.weight

    def _roomy(self, part):
        whole = np.zeros((self.steps + self.chunk, self.batch_size), part.dtype)
        whole[: self.steps] = part
        return whole


class Steps:
    """The program's `train_steps`, as compiled and as written."""

    def __init__(self, compiled, program, hp, columns, order):
        self.compiled, self.program, self.columns, self.order = compiled, program, columns, order
        self.numbers = [(0, hp)]  # hyperparameters, and the steps that they hold from

    def change(self, step, **numbers):
        """Other hyperparameters from a step on, which begins an epoch."""
        self.numbers.append((step, self.numbers[-1][1] | jax.device_put(numbers)))

    def hp(self, step):
        """The hyperparameters of a step."""
        return next(hp for first, hp in reversed(self.numbers) if first <= step)

    def __call__(self, carry, first, count, index, weight):
        """Steps `first` .. `first + count - 1` of one epoch; index, weight: [chunk, batch]. The carry is donated."""
        return self.compiled(carry, self.hp(first), np.int32(count), self.columns, index, weight)

    def again(self, carry, first, count):
        """Runs steps `first` .. `first + count - 1` of the run and returns the carry."""
        done = first + count
        while first < done:
            epoch, at = divmod(first, self.order.steps)
            count = min(done - first, self.order.chunk, self.order.steps - at)
            index, weight = (part[at : at + self.order.chunk] for part in self.order.epoch(epoch))
            carry, _ = self(carry, first, count, index, weight)
            first += count
        return carry

    def one_by_one(self, carry, step):
        """Runs one step operation by operation, as Python runs it."""
        epoch, at = divmod(step, self.order.steps)
        index, weight = (jax.numpy.asarray(part[at : at + 1]) for part in self.order.epoch(epoch))
        with jax.disable_jit():
            return self.program(carry, self.hp(step), 1, self.columns, index, weight)
