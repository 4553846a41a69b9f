"""Records what PyTorch makes of four models and of its layers: python record.py, with torch and safetensors installed.

Writes beside itself, for each of the models, NAME.safetensors: the `state_dict` before training; and
NAME-run.safetensors: "data/<column>" [rows, ...], "order" [50, batch]: the rows of each step's batch, "losses" [50] and
"final": the loss of all rows in evaluation after that. `record_layers.py` says what is written of the layers.

Every file carries the SHA-256 of both scripts, "recorder", so that a test sees when one was changed without the other.
"""

import hashlib
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file
from torch import nn

HERE = pathlib.Path(__file__).parent
RECORDER = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in ("record.py", "record_layers.py")))
STEPS = 50


class MLP(nn.Module):
    """Regression by momentum."""

    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 32)
        self.fc2 = nn.Linear(32, 32)
        self.out = nn.Linear(32, 3)

    def forward(self, row):
        return self.out(torch.relu(self.fc2(torch.tanh(self.fc1(row)))))

    def loss(self, row, target):
        return F.mse_loss(self(row), target)

    def optimizer(self):
        return torch.optim.SGD(self.parameters(), lr=0.05, momentum=0.9)


class CNN(nn.Module):
    """Convolutions, batch normalisation, pooling, and a linear layer on the flattened image, channels first."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 16, 3, stride=2, padding=1)
        self.fc = nn.Linear(64, 32)
        self.digit = nn.Linear(32, 4)

    def forward(self, image):
        x = image.permute(0, 3, 1, 2)
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.relu(self.conv2(x))
        return self.digit(F.gelu(self.fc(torch.flatten(x, 1))))

    def loss(self, image, digit):
        return F.cross_entropy(self(image), digit)

    def optimizer(self):
        return torch.optim.Adam(self.parameters(), lr=1e-3)


class LSTM(nn.Module):
    """One of three classes for a sequence of ids, from the last state."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(20, 12)
        self.lstm = nn.LSTM(12, 24, batch_first=True)
        self.kind = nn.Linear(24, 3)

    def forward(self, ids):
        states, _ = self.lstm(self.embed(ids))
        return self.kind(states[:, -1])

    def loss(self, ids, kind):
        return F.cross_entropy(self(ids), kind)

    def optimizer(self):
        return torch.optim.Adam(self.parameters(), lr=3e-3)


class SelfAttention(nn.Module):
    def __init__(self, features, heads):
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = (nn.Linear(features, features) for _ in range(4))

    def forward(self, x):
        batch, time, features = x.shape
        query, key, value = (
            project(x).view(batch, time, self.heads, features // self.heads).transpose(1, 2)
            for project in (self.q_proj, self.k_proj, self.v_proj)
        )
        scores = query @ key.transpose(-2, -1) / math.sqrt(features // self.heads)
        unseen = torch.triu(torch.ones(time, time, dtype=torch.bool), diagonal=1)
        weights = torch.softmax(scores.masked_fill(unseen, -math.inf), dim=-1)
        return self.o_proj((weights @ value).transpose(1, 2).reshape(batch, time, features))


class Block(nn.Module):
    def __init__(self, features, heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(features)
        self.attn = SelfAttention(features, heads)
        self.ln_2 = nn.LayerNorm(features)
        self.c_fc = nn.Linear(features, 4 * features)
        self.c_proj = nn.Linear(4 * features, features)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.c_proj(F.gelu(self.c_fc(self.ln_2(x))))


class GPT(nn.Module):
    """The next token; id 0 is padding at the end."""

    def __init__(self):
        super().__init__()
        self.wte = nn.Embedding(24, 32)
        self.wpe = nn.Embedding(16, 32)
        self.h = nn.ModuleList(Block(32, 4) for _ in range(2))
        self.ln_f = nn.LayerNorm(32)
        self.lm_head = nn.Linear(32, 24)

    def forward(self, ids):
        x = self.wte(ids) + self.wpe(torch.arange(ids.shape[1]))
        for block in self.h:
            x = block(x)
        return self.lm_head(self.ln_f(x))

    def loss(self, ids):
        return F.cross_entropy(self(ids)[:, :-1].flatten(0, 1), ids[:, 1:].flatten(), ignore_index=0)

    def optimizer(self):
        return torch.optim.AdamW(self.parameters(), lr=1e-3, weight_decay=0.1)


def columns(random, rows=96):
    """Small data that can be learnt: model -> {column: [rows, ...]}."""
    row = random.normal(size=(rows, 8)).astype(np.float32)
    target = np.stack([np.sin(row[:, 0]), row[:, 1] * row[:, 2], row[:, 3:].mean(-1)], -1).astype(np.float32)
    digit = random.integers(0, 4, rows).astype(np.int32)
    image = random.normal(0, 0.5, (rows, 8, 8, 1)).astype(np.float32)
    for place, label in enumerate(digit):  # a bright quarter
        image[place, label // 2 * 4 :, label % 2 * 4 :][:4, :4] += 1
    ids = random.integers(1, 20, (rows, 10)).astype(np.int32)
    kind = (ids[:, -3:].sum(-1) // 20).clip(0, 2).astype(np.int32)
    tokens = ((random.integers(1, 24, (rows, 1)) + np.arange(16) * random.integers(1, 4, (rows, 1))) % 23 + 1).astype(
        np.int32
    )
    tokens[::3, 11:] = 0
    return {
        "mlp": {"row": row, "target": target},
        "cnn": {"image": image, "digit": digit},
        "lstm": {"ids": ids, "kind": kind},
        "gpt": {"ids": tokens},
    }


def run(model, data, order):
    """Trains in eager mode; returns the losses before each step, and that of all rows in evaluation after the last."""
    tensors = [torch.tensor(column).long() if column.dtype == np.int32 else torch.tensor(column) for column in data]
    optimizer, losses = model.optimizer(), []
    for rows in torch.tensor(order).long():
        loss = model.loss(*(column[rows] for column in tensors))
        optimizer.zero_grad()
        loss.backward()
        if isinstance(model, GPT):
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):  # of 16 images, 8 by 8
            layer.running_var = biased(layer.running_var, (1 - layer.momentum) ** len(order), 16 * 8 * 8)
    with torch.no_grad():
        return losses, model.loss(*tensors).item()


def biased(variance, kept, count):
    """PyTorch divides the variance of a batch that it keeps by one less than its count; Keras, Flax and we do not.

    kept: what is left in it of the first variance.
    """
    return kept + (variance - kept) * (count - 1) / count


def save(name, arrays):
    metadata = {"recorder": RECORDER.hexdigest(), "torch": torch.__version__}
    # np.array copies: a `state_dict` holds the tensors that training changes.
    save_file(
        {key: np.array(value, order="C") for key, value in arrays.items()}, HERE / f"{name}.safetensors", metadata
    )


def main():
    import record_layers

    random = np.random.default_rng(5)
    data = columns(random)
    for name, kind in {"mlp": MLP, "cnn": CNN, "lstm": LSTM, "gpt": GPT}.items():
        torch.manual_seed(5)
        model = kind()
        save(name, model.state_dict())
        order = np.concatenate([random.permutation(96) for _ in range(9)])[: STEPS * 16].reshape(STEPS, 16)
        losses, final = run(model, data[name].values(), order)
        print(name, losses[0], losses[-1], final)
        of_run = {"order": order.astype(np.int32), "losses": np.float32(losses), "final": np.float32([final])}
        save(f"{name}-run", of_run | {f"data/{column}": values for column, values in data[name].items()})
    record_layers.main(save, biased)


if __name__ == "__main__":
    main()
