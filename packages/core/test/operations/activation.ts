import { alike, type Operations, onFloat } from "./operation.ts";

const elementwise = [
  ...["exponential", "hardSigmoid", "hardSwish", "hardTanh", "logSigmoid", "mish", "relu6", "selu", "sigmoid", "silu"],
  ...["softplus", "softsign", "squaredRelu", "tanh", "gelu", "leakyRelu", "elu", "celu"],
];

export const activation: Operations = {
  relu: { write: () => ".relu()", fits: onFloat },
  ...alike(elementwise, (method) => ({ write: () => `.${method}()`, fits: onFloat })),
  threshold: { write: () => ".threshold(0.5)", fits: onFloat },
  ...alike(["softmax", "logSoftmax"], (method) => ({ write: () => `.${method}()`, fits: onFloat })),
  ...alike(["glu", "swiglu", "geglu"], (method) => ({ write: () => `.${method}()`, fits: onFloat })),
  prelu: { write: (_, { pick }) => `.prelu(${pick(["", "{ perChannel: true }"])})`, fits: onFloat },
};
