"""What is not teachable inline: dropout with a traced rate; pooling and convolution that are fast on a CPU too."""

from flaxen.ops.convolution import conv
from flaxen.ops.dropout import Dropout
from flaxen.ops.pooling import max_pool

__all__ = ["Dropout", "conv", "max_pool"]
