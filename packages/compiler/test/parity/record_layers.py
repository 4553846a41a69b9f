"""What PyTorch's layers give, for `record.py`.

layers.safetensors is the `state_dict` of all of them. layers-gradients.safetensors has the same names: the gradient of
each weight in training, and statistics as one batch leaves them. layers-values.safetensors has what we call
"input/<name>"; "cotangent/<case>" and "train/<case>" with the shape of the case's output, channels last, and
"eval/<case>" where that is another; "slope/<case>/<input>", the gradient of an input in training.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class ChannelsLast(nn.Module):
    """A layer, or several one after another, on [batch, ..., channels]."""

    def __init__(self, **layers):
        super().__init__()
        for name, layer in layers.items():
            self.add_module(name, layer)

    def forward(self, x):
        x = x.movedim(-1, 1)
        for layer in self.children():
            x = layer(x)
        return x.movedim(1, -1)


def only(layer):
    return ChannelsLast(layer=layer)


class Recurrent(nn.Module):
    """All states, or the last of each way; a mask [batch, time] counts how long each row is."""

    def __init__(self, layer, last=False):
        super().__init__()
        self.layer, self.last = layer, last

    def forward(self, x, mask=None):
        if mask is not None:
            lengths = mask.sum(-1)
            x = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        states, last = self.layer(x)
        if not self.last:
            return states
        last = last[0] if isinstance(last, tuple) else last
        return torch.cat(list(last[-2:] if self.layer.bidirectional else last[-1:]), -1)


class Attention(nn.Module):
    def __init__(self, causal=False, **options):
        super().__init__()
        self.causal = causal
        self.layer = nn.MultiheadAttention(8, 2, batch_first=True, **options)

    def forward(self, x, context=None, mask=None):
        context = x if context is None else context
        unseen = nn.Transformer.generate_square_subsequent_mask(x.shape[1]) == -torch.inf if self.causal else None
        padding = None if mask is None else mask == 0
        return self.layer(x, context, context, attn_mask=unseen, key_padding_mask=padding)[0]


class Masked(nn.Module):
    """What is given a mask by its keyword."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x, mask):
        return self.layer(x, mask=mask)


class GroupedAttention(nn.Module):
    """Four heads of queries share two of keys and values."""

    def __init__(self):
        super().__init__()
        self.q_proj, self.o_proj = nn.Linear(8, 8), nn.Linear(8, 8)
        self.k_proj, self.v_proj = nn.Linear(8, 4), nn.Linear(8, 4)

    def forward(self, x):
        query, key, value = (
            project(x).unflatten(-1, (-1, 2)).transpose(1, 2) for project in (self.q_proj, self.k_proj, self.v_proj)
        )
        heads = F.scaled_dot_product_attention(query, key, value, is_causal=True, enable_gqa=True)
        return self.o_proj(heads.transpose(1, 2).flatten(2))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(
            8, 2, 16, dropout=0, activation="gelu", batch_first=True, norm_first=True
        )

    def forward(self, x):
        return self.layer(x)


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerDecoderLayer(8, 2, 16, dropout=0, activation="relu", batch_first=True)

    def forward(self, x, context):
        causal = nn.Transformer.generate_square_subsequent_mask(x.shape[1])
        return self.layer(x, context, tgt_mask=causal, tgt_is_causal=True)


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


BOTH = {"bidirectional": True, "batch_first": True}
# case -> what it reads, and the layer
WEIGHTED = {
    "linear": ("row", nn.Linear(6, 4)),
    "linearWithoutBias": ("table", nn.Linear(8, 4, bias=False)),
    "conv1d": ("table", only(nn.Conv1d(8, 4, 3, stride=2, padding=1))),
    "conv1dSpread": ("table", only(nn.Conv1d(8, 6, 2, dilation=2, groups=2))),
    "conv2d": ("image", only(nn.Conv2d(4, 6, 3, padding="same"))),
    "conv2dSpread": ("image", only(nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 0), dilation=(1, 2), groups=2))),
    "conv3d": ("volume", only(nn.Conv3d(2, 3, (1, 2, 3), (1, 1, 2), (0, 1, 1), bias=False))),
    "conv3dSpread": ("volume", only(nn.Conv3d(2, 4, 2, dilation=(1, 2, 1), groups=2))),
    "depthwise1d": ("table", only(nn.Conv1d(8, 8, 3, padding=1, groups=8))),
    "separable1d": (
        "table",
        ChannelsLast(depthwise=nn.Conv1d(8, 16, 2, groups=8, bias=False), pointwise=nn.Conv1d(16, 3, 1)),
    ),
    "depthwise": ("image", only(nn.Conv2d(4, 8, 3, padding=1, groups=4))),
    "separable": (
        "image",
        ChannelsLast(depthwise=nn.Conv2d(4, 4, 3, padding=1, groups=4, bias=False), pointwise=nn.Conv2d(4, 5, 1)),
    ),
    "upconv1d": ("table", only(nn.ConvTranspose1d(8, 3, 3, stride=2))),
    "upconv2d": ("image", only(nn.ConvTranspose2d(4, 3, 2, stride=2))),
    "upconv2dSame": ("image", only(nn.ConvTranspose2d(4, 3, 4, stride=2, padding=1))),
    "upconv2dSpread": ("image", only(nn.ConvTranspose2d(4, 2, (3, 2), (2, 1), dilation=(1, 2), bias=False))),
    "upconv3d": ("volume", only(nn.ConvTranspose3d(2, 3, (1, 2, 3), (1, 2, 2)))),
    "batchNorm": ("smallImage", only(nn.BatchNorm2d(4))),
    "batchNormOfRows": ("row", nn.BatchNorm1d(6, eps=1e-3, momentum=0.2)),
    "layerNorm": ("smallTable", nn.LayerNorm(8)),
    "groupNorm": ("smallImage", only(nn.GroupNorm(2, 4))),
    "instanceNorm": ("smallImage", only(nn.InstanceNorm2d(4, affine=True))),
    "rmsNorm": ("smallTable", nn.RMSNorm(8, eps=1e-6)),
    "embedding": ("words", nn.Embedding(9, 4)),
    "prelu": ("row", nn.PReLU()),
    "preluOfChannels": ("image", only(nn.PReLU(4))),
    "lstm": ("table", Recurrent(nn.LSTM(8, 5, batch_first=True))),
    "lstmBothWays": ("table", Recurrent(nn.LSTM(8, 5, **BOTH))),
    "lstmStacked": ("table", Recurrent(nn.LSTM(8, 3, num_layers=2, **BOTH), last=True)),
    "lstmMasked": ("table mask", Recurrent(nn.LSTM(8, 5, **BOTH), last=True)),
    "gru": ("table", Recurrent(nn.GRU(8, 5, batch_first=True))),
    "gruBothWays": ("table", Recurrent(nn.GRU(8, 5, **BOTH), last=True)),
    "rnn": ("table", Recurrent(nn.RNN(8, 5, batch_first=True), last=True)),
    "rnnBothWays": ("table", Recurrent(nn.RNN(8, 5, **BOTH))),
    "attention": ("table", Attention()),
    "attentionCausal": ("table", Attention(causal=True, bias=False)),
    "attentionMasked": ("table mask", Masked(Attention())),
    "attentionCross": ("table context", Attention(kdim=6, vdim=6)),
    "attentionGrouped": ("table", GroupedAttention()),
    "encoderLayer": ("table", Encoder()),
    "decoderLayer": ("table otherTable", Decoder()),
}
FUNCTIONS = {
    "celu": lambda x: F.celu(x, 0.7),
    "elu": F.elu,
    "gelu": F.gelu,
    "geluByTanh": lambda x: F.gelu(x, approximate="tanh"),
    "glu": F.glu,
    "hardSigmoid": F.hardsigmoid,
    "hardSwish": F.hardswish,
    "hardTanh": F.hardtanh,
    "leakyRelu": lambda x: F.leaky_relu(x, 0.1),
    "logSigmoid": F.logsigmoid,
    "mish": F.mish,
    "relu": F.relu,
    "relu6": F.relu6,
    "selu": F.selu,
    "sigmoid": torch.sigmoid,
    "silu": F.silu,
    "softmax": lambda x: F.softmax(x, -1),
    "softplus": F.softplus,
    "softsign": F.softsign,
    "tanh": torch.tanh,
}
OF_IMAGES = {
    "maxPool": nn.MaxPool2d(2),
    "maxPoolOverlapping": nn.MaxPool2d(3, 1),
    "avgPool": nn.AvgPool2d((2, 3), (1, 2)),
    "spaceToDepth": nn.PixelUnshuffle(2),
    "upsample": nn.Upsample(scale_factor=2),
    "upsampleBilinear": nn.Upsample(scale_factor=2, mode="bilinear"),
}
CASES = (
    WEIGHTED
    | {name: ("row", Function(function)) for name, function in FUNCTIONS.items()}
    | {name: ("image", only(layer)) for name, layer in OF_IMAGES.items()}
)


def inputs(random, rows=4):
    """Small ones have a variance near an epsilon, so that it shows."""
    normal = {
        "row": (6,),
        "table": (5, 8),
        "otherTable": (7, 8),
        "context": (7, 6),
        "image": (6, 4, 4),
        "volume": (3, 4, 3, 2),
    }
    drawn = {name: random.normal(0, 2, (rows, *shape)).astype(np.float32) for name, shape in normal.items()}
    return drawn | {
        "smallTable": drawn["table"] / 500,
        "smallImage": drawn["image"] / 500,
        "words": random.integers(1, 9, (rows, 5)).astype(np.int32),
        "mask": (np.arange(5) < np.array([[5], [2], [1], [4]])).astype(np.int32),
    }


def main(save, biased):
    random = np.random.default_rng(7)
    torch.manual_seed(7)
    given = inputs(random)
    layers = nn.ModuleDict({name: layer for name, (_, layer) in CASES.items()})
    for parameter in layers.parameters():
        nn.init.normal_(parameter, std=0.5)
    for name, buffer in layers.named_buffers():
        if name.endswith(("running_mean", "running_var")):
            nn.init.uniform_(buffer, 0.5, 1.5)
    before = {name: np.array(value) for name, value in layers.state_dict().items()}
    save("layers", before)
    values = {f"input/{name}": array for name, array in given.items()}
    for mode in ("eval", "train"):  # the statistics change in training
        layers.train(mode == "train")
        for case, (reads, layer) in CASES.items():
            operands = {name: operand(given[name]) for name in reads.split()}
            found = layer(*operands.values())
            values[f"{mode}/{case}"] = found.detach().numpy()
            if mode == "train":
                if np.allclose(values[f"eval/{case}"], values[f"train/{case}"], 1e-5, 1e-6):
                    del values[f"eval/{case}"]
                cotangent = torch.tensor(random.normal(size=found.shape).astype(np.float32))
                values[f"cotangent/{case}"] = cotangent.numpy()
                (found * cotangent).sum().backward()
                slopes = {name: one.grad for name, one in operands.items() if one.grad is not None}
                values |= {f"slope/{case}/{name}": slope.numpy() for name, slope in slopes.items()}
    save("layers-values", values)
    save("layers-gradients", gradients_of(layers) | statistics_of(layers, before, given, biased))


def operand(array):
    return torch.tensor(array).long() if array.dtype == np.int32 else torch.tensor(array, requires_grad=True)


def gradients_of(layers):
    """Of an LSTM and a plain recurrent layer the second bias is part of the first here; each has the sum's gradient."""
    gradients = {name: parameter.grad.numpy() for name, parameter in layers.named_parameters()}
    for case, (_, layer) in CASES.items():
        if isinstance(layer, Recurrent) and not isinstance(layer.layer, nn.GRU):
            second = [name for name in gradients if name.startswith(f"{case}.layer.bias_hh")]
            gradients |= {name: np.zeros_like(gradients[name]) for name in second}
    return gradients


def statistics_of(layers, before, given, biased):
    """After one batch."""
    statistics = {name: value.numpy() for name, value in layers.named_buffers()}
    for case, momentum in {"batchNorm.layer": 0.1, "batchNormOfRows": 0.2}.items():
        name = f"{case}.running_var"
        array = given[CASES[case.split(".")[0]][0]]
        kept = (1 - momentum) * before[name]
        statistics[name] = biased(statistics[name], kept, array.size // array.shape[-1])
    return statistics
