# Written by Flaxen 0.1.0. Yours to change.
"""MobileNetV2: image [batch, 28, 28, 1] -> digit, 10 classes. 160,658 parameters."""

from flax import nnx

from flaxen import ops


class ConvNormRelu(nnx.Module):
    def __init__(self, in_features, out_features, kernel_size, *, strides=1, rngs: nnx.Rngs):
        self.conv1 = ops.Conv(in_features, out_features, kernel_size, strides=strides, use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

    def __call__(self, x, *, train=False):
        return nnx.relu6(self.norm1(self.conv1(x), use_running_average=not train))  # [batch, ..., out_features]


class InvertedResidual(nnx.Module):
    def __init__(self, in_features, out_features, *, strides=1, rngs: nnx.Rngs):
        hidden = 6 * in_features
        self.residual = in_features == out_features
        self.conv1 = ops.Conv(in_features, hidden, (1, 1), use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(hidden, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.depthwise1 = ops.Conv(
            hidden, hidden, (3, 3), strides=strides, feature_group_count=hidden, use_bias=False, rngs=rngs
        )
        self.norm2 = nnx.BatchNorm(hidden, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.conv2 = ops.Conv(hidden, out_features, (1, 1), use_bias=False, rngs=rngs)
        self.norm3 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

    def __call__(self, x, *, train=False):
        y = nnx.relu6(self.norm1(self.conv1(x), use_running_average=not train))  # [batch, ..., hidden]
        y = nnx.relu6(self.norm2(self.depthwise1(y), use_running_average=not train))
        y = self.norm3(self.conv2(y), use_running_average=not train)  # [batch, ..., out_features]
        return x + y if self.residual else y


class InvertedResidual2(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.depthwise1 = ops.Conv(8, 8, (3, 3), feature_group_count=8, use_bias=False, rngs=rngs)
        self.norm1 = nnx.BatchNorm(8, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
        self.conv1 = ops.Conv(8, 4, (1, 1), use_bias=False, rngs=rngs)
        self.norm2 = nnx.BatchNorm(4, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

    def __call__(self, x, *, train=False):
        x = nnx.relu6(self.norm1(self.depthwise1(x), use_running_average=not train))
        return self.norm2(self.conv1(x), use_running_average=not train)  # [batch, 14, 14, 4]


class MobileNetV2(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.conv_norm_relu1 = ConvNormRelu(1, 8, (3, 3), strides=2, rngs=rngs)
        self.inverted_residual1 = InvertedResidual2(rngs)
        self.inverted_residual2 = InvertedResidual(4, 6, rngs=rngs)
        self.inverted_residual3 = InvertedResidual(6, 6, rngs=rngs)
        self.inverted_residual4 = InvertedResidual(6, 8, strides=2, rngs=rngs)
        self.layers1 = nnx.List([InvertedResidual(8, 8, rngs=rngs) for _ in range(2)])
        self.inverted_residual5 = InvertedResidual(8, 16, strides=2, rngs=rngs)
        self.layers2 = nnx.List([InvertedResidual(16, 16, rngs=rngs) for _ in range(3)])
        self.inverted_residual6 = InvertedResidual(16, 24, rngs=rngs)
        self.layers3 = nnx.List([InvertedResidual(24, 24, rngs=rngs) for _ in range(2)])
        self.inverted_residual7 = InvertedResidual(24, 40, rngs=rngs)
        self.layers4 = nnx.List([InvertedResidual(40, 40, rngs=rngs) for _ in range(2)])
        self.inverted_residual8 = InvertedResidual(40, 80, rngs=rngs)
        self.conv_norm_relu2 = ConvNormRelu(80, 320, (1, 1), rngs=rngs)
        self.dropout1 = ops.Dropout(rngs)
        self.digit = nnx.Linear(320, 10, rngs=rngs)

    def __call__(self, image, hp, *, train=False):
        x = self.conv_norm_relu1(image, train=train)  # [batch, 14, 14, 8]
        x = self.inverted_residual1(x, train=train)  # [batch, 14, 14, 4]
        x = self.inverted_residual2(x, train=train)  # [batch, 14, 14, 6]
        x = self.inverted_residual3(x, train=train)
        x = self.inverted_residual4(x, train=train)  # [batch, 7, 7, 8]
        for layer in self.layers1:
            x = layer(x, train=train)
        x = self.inverted_residual5(x, train=train)  # [batch, 4, 4, 16]
        for layer in self.layers2:
            x = layer(x, train=train)
        x = self.inverted_residual6(x, train=train)  # [batch, 4, 4, 24]
        for layer in self.layers3:
            x = layer(x, train=train)
        x = self.inverted_residual7(x, train=train)  # [batch, 4, 4, 40]
        for layer in self.layers4:
            x = layer(x, train=train)
        x = self.inverted_residual8(x, train=train)  # [batch, 4, 4, 80]
        x = self.conv_norm_relu2(x, train=train)  # [batch, 4, 4, 320]
        x = x.mean((1, 2))  # [batch, 320]
        x = self.dropout1(x, hp["dropout1"], train=train)
        return {"digit": self.digit(x)}  # [batch, 10]
