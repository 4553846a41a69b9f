import { type Operations, onFloat } from "./operation.ts";

const elementwise = [
  ...["exponential", "hardSigmoid", "hardSwish", "hardTanh", "logSigmoid", "mish", "relu6", "selu", "sigmoid", "silu"],
  ...["softplus", "softsign", "squaredRelu", "tanh", "gelu", "leakyRelu", "elu", "celu"],
];

export const activation: Operations = {
  relu: { write: () => ".relu()", fits: onFloat },
  elementwise: { write: (_, { pick }) => `.${pick(elementwise)}()`, fits: onFloat },
  threshold: { write: () => ".threshold(0.5)", fits: onFloat },
  softmax: { write: (_, { pick }) => `.${pick(["softmax", "logSoftmax"])}()`, fits: onFloat },
  glu: { write: () => ".glu()", fits: onFloat },
};
