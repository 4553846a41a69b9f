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
  type ExperimentDocument,
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
export type { AttachOptions, Cursor, Ending, RunListing, Runner } from "@flaxen/runner";
export { type EjectOptions, eject } from "./eject/eject.ts";
export type { Feed } from "./predict/feeds.ts";
export type { ProgressOutput } from "./progress/output.ts";
export { type ProgressOptions, type ProgressSource, progress } from "./progress/progress.ts";
export { type LoadAs, type LoadOptions, load } from "./trained/load.ts";
export type { TensorInfo } from "./trained/safetensors.ts";
export type { Feeds, Trained, Weights } from "./trained/trained.ts";
export { type Experiment, experiment, fromJSON } from "./training/experiment.ts";
export type { RunOptions, TrainOptions } from "./training/options.ts";
export type { OutputsFor } from "./training/outputs-for.ts";
export { compile } from "./training/prepare-job.ts";
export type {
  EndedEvent,
  EpochEvent,
  Metrics,
  Run,
  RunEvent,
  RunEvents,
  StartedEvent,
  TrainingMetric,
} from "./training/run.ts";
export { train } from "./training/train.ts";
