"""Layers and functions of programs that Flax and JAX lack, or have in another form: activations, arrays, attention,
convolution, dropout, noise, normalisation, pooling, positions, products and recurrent layers. Each module says why it
is here.
"""

from flaxen.ops.activation import PReLU, geglu, gelu, swiglu
from flaxen.ops.arrays import gather, norm, pixel_shuffle, space_to_depth
from flaxen.ops.attention import Attention
from flaxen.ops.convolution import Conv, conv
from flaxen.ops.convolution_transpose import ConvTranspose
from flaxen.ops.dropout import Dropout, DropPath, SpatialDropout
from flaxen.ops.noise import GaussianDropout, GaussianNoise
from flaxen.ops.normalisation import LayerNorm, RMSNorm
from flaxen.ops.pooling import avg_pool, max_pool, min_pool
from flaxen.ops.positions import LearnedPositions, add_sinusoidal_positions
from flaxen.ops.products import Linear, dot_general
from flaxen.ops.recurrent import GRU, LSTM, Bidirectional, SimpleRNN

__all__ = [
    "GRU",
    "LSTM",
    "Attention",
    "Bidirectional",
    "Conv",
    "ConvTranspose",
    "DropPath",
    "Dropout",
    "GaussianDropout",
    "GaussianNoise",
    "LayerNorm",
    "LearnedPositions",
    "Linear",
    "PReLU",
    "RMSNorm",
    "SimpleRNN",
    "SpatialDropout",
    "add_sinusoidal_positions",
    "avg_pool",
    "conv",
    "dot_general",
    "gather",
    "geglu",
    "gelu",
    "max_pool",
    "min_pool",
    "norm",
    "pixel_shuffle",
    "space_to_depth",
    "swiglu",
]
