"""The digits MLP in eager PyTorch, at its best number of threads and form of Adam."""

import functools

import torch

from dataset import digits
from protocol import best, rate, serve
from torch_training import THREADS, Setting, on_tensors, train

BATCH, STEPS = 32, 56


def fit(setting, epochs):
    image, digit = on_tensors(digits)
    torch.manual_seed(0)
    model = torch.nn.Sequential(
        torch.nn.Linear(64, 128),
        torch.nn.ReLU(),
        torch.nn.Linear(128, 128),
        torch.nn.ReLU(),
        torch.nn.Linear(128, 10),
    )
    return train(model, setting, image[: STEPS * BATCH], digit[: STEPS * BATCH].long(), BATCH, epochs)


@functools.cache
def best_setting():
    settings = [Setting(threads, adam) for threads in THREADS for adam in ("fused", "foreach")]
    return best(settings, lambda setting: rate(fit(setting, 30)[0]))


def at_best(epochs):
    setting = best_setting()
    marks, accuracy = fit(setting, epochs)
    return marks, f"{setting}, accuracy {accuracy:.3f}"


if __name__ == "__main__":
    serve(f"PyTorch {torch.__version__}", {"default": at_best})
