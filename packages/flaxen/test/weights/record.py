"""Records what PyTorch and Keras make of their own weights: python record.py, with both installed.

Writes pytorch.safetensors and keras.safetensors beside itself: the weights under the libraries' own names, and
references.safetensors: inputs, and "pytorch/<head>" and "keras/<head>", what each library's model gives for them.
"""

import hashlib
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
import torch
from safetensors.numpy import save_file
from torch import nn

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(11)
INPUTS = {
    "image": random.normal(size=(3, 6, 6, 4)).astype(np.float32),
    "sequence": random.normal(size=(3, 5, 6)).astype(np.float32),
    "words": random.integers(1, 9, size=(3, 5)).astype(np.int32),
}


class Pictures(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 6, 3, padding=1, groups=2)
        self.bn = nn.BatchNorm2d(6)
        self.group = nn.GroupNorm(3, 6)
        self.up = nn.ConvTranspose2d(6, 5, (3, 2), stride=2)
        self.fc = nn.Linear(5, 2)

    def forward(self, x):
        x = torch.relu(self.bn(self.conv(x)))
        return self.fc(self.up(self.group(x)).mean((2, 3)))


class Sequences(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(9, 6)
        self.norm = nn.LayerNorm(6)
        self.attn = nn.MultiheadAttention(6, 2, batch_first=True)
        self.rnn = nn.RNN(6, 4, batch_first=True)
        self.gru = nn.GRU(6, 4, batch_first=True)
        self.lstm = nn.LSTM(6, 4, num_layers=2, bidirectional=True, batch_first=True)
        self.heads = nn.ModuleDict({name: nn.Linear(width, 2) for name, width in WIDTHS.items()})

    def forward(self, sequence, words):
        x = self.norm(sequence + self.embed(words))
        attended, _ = self.attn(x, x, x)
        states, _ = self.lstm(x)
        found = {
            "attended": attended.mean(1),
            "plain": self.rnn(x)[0][:, -1],
            "gated": self.gru(x)[0][:, -1],
            "remembered": torch.cat([states[:, -1, :4], states[:, 0, 4:]], -1),
        }
        return {name: self.heads[name](values) for name, values in found.items()}


WIDTHS = {"attended": 6, "plain": 4, "gated": 4, "remembered": 8}


def pytorch():
    torch.manual_seed(3)
    pictures, sequences = Pictures(), Sequences()
    for module in (pictures, sequences):
        for parameter in module.parameters():
            nn.init.normal_(parameter, std=0.5)
    image = torch.tensor(INPUTS["image"]).permute(0, 3, 1, 2)
    for _ in range(3):  # so that the statistics are no zeros and ones
        pictures(image)
    pictures.eval()
    sequences.eval()
    with torch.no_grad():
        found = {"picture": pictures(image)}
        found |= sequences(torch.tensor(INPUTS["sequence"]), torch.tensor(INPUTS["words"]).long())
    weights = {f"pictures.{name}": value.numpy() for name, value in pictures.state_dict().items()}
    weights |= {f"sequences.{name}": value.numpy() for name, value in sequences.state_dict().items()}
    return weights, {name: value.numpy() for name, value in found.items()}


def keras_models():
    layers = keras.layers
    keras.utils.set_random_seed(3)
    image = keras.Input((6, 6, 4))
    x = layers.Conv2D(6, 3, padding="same", groups=2, name="conv")(image)
    x = layers.ReLU()(layers.BatchNormalization(epsilon=1e-3, name="bn")(x))
    x = layers.GroupNormalization(3, epsilon=1e-3, name="group")(x)
    x = layers.Conv2DTranspose(5, (3, 2), strides=2, name="up")(x)
    pictures = keras.Model(image, layers.Dense(2, name="fc")(layers.GlobalAveragePooling2D()(x)))

    sequence, words = keras.Input((5, 6)), keras.Input((5,), dtype="int32")
    x = layers.Add()([sequence, layers.Embedding(9, 6, name="embed")(words)])
    x = layers.LayerNormalization(epsilon=1e-3, name="norm")(x)
    both = layers.Bidirectional(layers.LSTM(4, name="lstm"), name="both")
    found = {
        "attended": layers.GlobalAveragePooling1D()(layers.MultiHeadAttention(2, 3, name="attn")(x, x)),
        "plain": layers.SimpleRNN(4, name="rnn")(x),
        "gated": layers.GRU(4, name="gru")(x),
        "remembered": both(x),
    }
    outputs = {name: layers.Dense(2, name=name)(values) for name, values in found.items()}
    return pictures, keras.Model([sequence, words], outputs)


def recorded_keras():
    pictures, sequences = keras_models()
    for model in (pictures, sequences):
        for variable in model.weights:
            values = random.normal(scale=0.5, size=variable.shape)
            variable.assign(np.abs(values) + 0.5 if "variance" in variable.path else values)
    found = {"picture": pictures(INPUTS["image"])} | sequences([INPUTS["sequence"], INPUTS["words"]])
    weights = {variable.path: np.asarray(variable) for model in (pictures, sequences) for variable in model.weights}
    return weights, {name: np.asarray(values) for name, values in found.items()}


def save(name, arrays):
    arrays = {key: np.ascontiguousarray(values) for key, values in arrays.items()}
    script = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
    save_file(arrays, HERE / f"{name}.safetensors", {"script": script})
    (HERE / f"{name}.safetensors").chmod(0o644)


references = dict(INPUTS)
for library, (weights, outputs) in {"pytorch": pytorch(), "keras": recorded_keras()}.items():
    save(library, weights)
    references |= {f"{library}/{name}": values for name, values in outputs.items()}
save("references", references)
