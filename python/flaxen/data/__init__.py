"""The rows that a model learns from: read, checked and fingerprinted before anything is compiled."""

from flaxen.data.dataset import Dataset
from flaxen.data.errors import DataError
from flaxen.data.load import load

__all__ = ["DataError", "Dataset", "load"]
