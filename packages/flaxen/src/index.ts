export type { CompiledExperiment } from "@flaxen/compiler";
export {
  type AnyModel,
  adabelief,
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  type Binary,
  type Block,
  blocks,
  type Catalogue,
  type Classes,
  type Columns,
  type Connection,
  canConnect,
  catalogue,
  constant,
  cosine,
  cosineRestarts,
  type Data,
  data,
  defineLayer,
  defineLoss,
  defineMetric,
  type ExperimentDocument,
  exponential,
  type Gaussian,
  graph,
  head,
  type InitialWeights,
  type IntTensor,
  inverseSqrt,
  inverseTime,
  join,
  type Labels,
  type LearningRate,
  lamb,
  lars,
  linear,
  lion,
  type Model,
  model,
  modelFromJSON,
  muon,
  nadam,
  type Optimizer,
  oneCycle,
  piecewise,
  polynomial,
  radam,
  rmsprop,
  role,
  type Schedule,
  type Summary,
  sgd,
  step,
  type Tensor,
  toMermaid,
  toSvg,
  toTypeScript,
  type Values,
  type WeightGroup,
  warmupConstant,
  warmupCosine,
  warmupExponential,
  warmupLinear,
  warmupStableDecay,
} from "@flaxen/core";
export { FlaxenError, type Site } from "@flaxen/errors";
export type { AttachOptions, Cursor, Ending, RunListing, Runner } from "@flaxen/runner";
export { type EjectOptions, eject } from "./eject/eject.ts";
export type { DataPart, EvaluateOptions, RowsFile } from "./predict/evaluate-options.ts";
export type { Feed } from "./predict/feeds.ts";
export type { GenerateOptions } from "./predict/generate.ts";
export type { Cell, ImageFile, TableRow } from "./predict/raw.ts";
export type { ProgressOutput } from "./progress/output.ts";
export { type ProgressOptions, type ProgressSource, progress } from "./progress/progress.ts";
export { exactMatch, tokenF1 } from "./texts/answers.ts";
export { type BleuOptions, bleu } from "./texts/bleu.ts";
export type { Reference, TextOptions } from "./texts/pairs.ts";
export { type Overlap, type Rouge, rouge } from "./texts/rouge.ts";
export { type ConfusionMatrix, confusionMatrix } from "./trained/confusion-matrix.ts";
export { type LoadAs, type LoadOptions, load } from "./trained/load.ts";
export type { TensorInfo } from "./trained/safetensors.ts";
export type { Feeds, LabelledFeeds, Trained, Weights } from "./trained/trained.ts";
export { type Experiment, experiment, fromJSON } from "./training/experiment.ts";
export type { RunOptions, TrainOptions } from "./training/options.ts";
export type { OutputsFor } from "./training/outputs-for.ts";
export { compile } from "./training/prepare-job.ts";
export type {
  EndedEvent,
  EpochEvent,
  EpochMetric,
  Metrics,
  Run,
  RunEvent,
  RunEvents,
  StartedEvent,
  TestEvent,
  TrainingMetric,
} from "./training/run.ts";
export { train } from "./training/train.ts";
export { WeightsError } from "./weights/errors.ts";
export {
  type LoadedWeights,
  type LoadWeightsOptions,
  loadWeights,
  type WeightsSource,
} from "./weights/load-weights.ts";
