import { graph } from "../graph/index.ts";

/** Blocks by the names that options give them. */
export const activations = {
  gelu: graph.gelu(),
  hardSwish: graph.hardSwish(),
  leakyRelu: graph.leakyRelu(),
  relu: graph.relu(),
  relu6: graph.relu6(),
  silu: graph.silu(),
  squaredRelu: graph.squaredRelu(),
  tanh: graph.tanh(),
} as const;

export type ActivationName = keyof typeof activations;
