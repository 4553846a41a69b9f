"""An LSTM classifier of sequences in eager PyTorch."""

from torch import nn

from torch_sequences import contest, waves


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 128, batch_first=True)
        self.kind = nn.Linear(128, 10)

    def forward(self, wave, kind):
        _, (last, _) = self.lstm(wave)
        return nn.functional.cross_entropy(self.kind(last[0]), kind)


if __name__ == "__main__":
    contest(Classifier, waves())
