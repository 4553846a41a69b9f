"""An eager PyTorch loop with the data in memory: no loader, no `.item()` inside an epoch."""

import dataclasses
import functools
import os

import torch

from protocol import Marks

THREADS = sorted({1, 2, os.cpu_count()})  # that are worth a try


@dataclasses.dataclass(frozen=True)
class Setting:
    """What a user of PyTorch may choose without changing the loop."""

    threads: int
    adam: str  # "fused" or "foreach"
    channels_last: bool = False

    def __str__(self):
        layout = ", channels_last" if self.channels_last else ""
        return f"{self.threads} thread{'s' if self.threads > 1 else ''}, {self.adam} Adam{layout}"


@functools.cache
def on_tensors(load):
    """The data as tensors, loaded once."""
    return tuple(torch.from_numpy(column) for column in load())


def train(model, setting, image, digit, batch, epochs, most_steps=None):
    """Returns the marks and the last epoch's accuracy; `most_steps` ends each epoch early."""
    torch.set_num_threads(setting.threads)
    layout = torch.channels_last if setting.channels_last else torch.contiguous_format
    model.train().to(memory_format=layout)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, **{setting.adam: True})
    loss_function = torch.nn.CrossEntropyLoss()
    marks, accuracy = Marks(), 0.0
    for _ in range(epochs):
        order = torch.randperm(len(digit)).split(batch)[:most_steps]
        total, correct, rows = torch.zeros(()), torch.zeros((), dtype=torch.int64), 0
        for index in order:
            labels = digit[index]
            optimizer.zero_grad(set_to_none=True)
            logits = model(image[index].to(memory_format=layout) if image.ndim == 4 else image[index])
            loss = loss_function(logits, labels)
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(index)
            correct += (logits.detach().argmax(-1) == labels).sum()
            rows += len(index)
        accuracy = correct.item() / rows
        marks.add(len(order))
    return marks, accuracy
