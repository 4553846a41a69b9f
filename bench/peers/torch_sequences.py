"""An eager PyTorch loop over a model that gives its own loss, at its best number of threads."""

import functools

import numpy as np
import torch

from protocol import Marks, best, serve
from torch_training import THREADS

ROWS, BATCH = 1024, 32


def waves():
    """Sequences [rows, 64, 64] whose frequency is the class, and the class."""
    row, time, feature = np.ogrid[:ROWS, :64, :64]
    wave = np.sin(time * (row % 10 + 1) / 10 + feature).astype(np.float32)
    return torch.from_numpy(wave), torch.from_numpy(np.arange(ROWS) % 10)


def tokens():
    """Ids [rows, 64] that count on by a step of their own."""
    row, time = np.ogrid[:ROWS, :64]
    return (torch.from_numpy((row * 7 + time * (1 + row % 5)) % 127 + 1),)


def fit(make, columns, threads, epochs, most_steps=None):
    """Marks, one an epoch, and the last batch's loss. `make()` gives a module: batch -> loss."""
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = make()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    marks = Marks()
    for _ in range(epochs):
        order = torch.randperm(ROWS).split(BATCH)[:most_steps]
        for index in order:
            optimizer.zero_grad(set_to_none=True)
            loss = model(*(column[index] for column in columns))
            loss.backward()
            optimizer.step()
        marks.add(len(order))
    return marks, loss.item()


def contest(make, columns):
    """Answers the bench for one model."""

    @functools.cache
    def best_threads():
        def seconds_per_step(threads):
            marks, _ = fit(make, columns, threads, 2, most_steps=12)
            return (marks[-1][1] - marks[-2][1]) / 12

        return best(THREADS, seconds_per_step)

    def at_best(epochs):
        threads = best_threads()
        marks, loss = fit(make, columns, threads, epochs)
        return marks, f"{threads} thread{'s' if threads > 1 else ''}, fused Adam, loss {loss:.3f}"

    serve(f"PyTorch {torch.__version__}", {"default": at_best})
