export type { CompiledExperiment } from "@flaxen/compiler";
export {
  type AnyModel,
  adam,
  adamw,
  type Block,
  type Classes,
  constant,
  cosine,
  type Data,
  data,
  type Experiment,
  type ExperimentDocument,
  experiment,
  fromJSON,
  graph,
  head,
  type IntTensor,
  type Model,
  model,
  modelFromJSON,
  type Optimizer,
  type Schedule,
  sgd,
  type Tensor,
  type Values,
  warmupCosine,
} from "@flaxen/core";
export { FlaxenError, type Site } from "@flaxen/errors";
export type { Ending, Runner } from "@flaxen/runner";
export { type EjectOptions, eject } from "./eject/eject.ts";
export type { Feed } from "./predict/feeds.ts";
export { type ProgressOptions, type ProgressOutput, progress } from "./progress/progress.ts";
export { type LoadAs, type LoadOptions, load } from "./trained/load.ts";
export type { TensorInfo } from "./trained/safetensors.ts";
export type { Feeds, Trained, Weights } from "./trained/trained.ts";
export type { RunOptions, TrainOptions } from "./training/options.ts";
export { compile } from "./training/prepare-job.ts";
export type { EndedEvent, EpochEvent, Metrics, Run, RunEvent, StartedEvent, TrainingMetric } from "./training/run.ts";
export { type OutputsFor, train } from "./training/train.ts";
