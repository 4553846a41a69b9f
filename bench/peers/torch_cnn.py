"""The MNIST CNN in eager PyTorch, at its best number of threads and memory format."""

import functools

import torch

from dataset import mnist
from protocol import best, serve
from torch_training import THREADS, Setting, on_tensors, train

BATCH = 128


@functools.cache
def data():
    """Image [60000, 1, 28, 28] and digit, as PyTorch lays them out."""
    image, digit = on_tensors(mnist)
    return image.permute(0, 3, 1, 2).contiguous(), digit.long()


def network():
    torch.manual_seed(0)
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 32, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(32, 64, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(3136, 128),
        torch.nn.ReLU(),
        torch.nn.Linear(128, 10),
    )


def seconds_per_step(setting):
    """Over 30 steps, after 10 to warm up."""
    train(network(), setting, *data(), BATCH, 1, most_steps=10)
    marks, _ = train(network(), setting, *data(), BATCH, 1, most_steps=30)
    return (marks[-1][1] - marks[0][1]) / 30


@functools.cache
def best_setting():
    settings = [Setting(threads, "fused", layout) for threads in THREADS for layout in (False, True)]
    return best(settings, seconds_per_step)


def at_best(epochs):
    setting = best_setting()
    train(network(), setting, *data(), BATCH, 1, most_steps=10)
    marks, accuracy = train(network(), setting, *data(), BATCH, epochs)
    return marks, f"{setting}, accuracy {accuracy:.3f}"


if __name__ == "__main__":
    serve(f"PyTorch {torch.__version__}", {"default": at_best})
