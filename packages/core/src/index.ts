export type { ArraysOptions, Columns } from "./data/arrays.ts";
export type { CsvOptions } from "./data/csv.ts";
export { type BoundData, type Data, type DataDefinition, defineData } from "./data/define-data.ts";
export { dataDefinition, dataDefinitions } from "./data/definitions.ts";
export type { DigitsOptions } from "./data/digits.ts";
export {
  BatchSizeError,
  DataMismatchError,
  EmptyDataError,
  IndexRangeError,
  LabelRangeError,
  MissingColumnError,
  NotANumberError,
  RowCountError,
  UnknownColumnError,
} from "./data/errors.ts";
export { type Expectation, type Expectations, type ExpectedInput, expectationsOf } from "./data/expectations.ts";
export type { IdxFiles, IdxOptions } from "./data/idx.ts";
export { data } from "./data/index.ts";
export type { MnistOptions } from "./data/mnist.ts";
export type { ColumnValues, FlatNumbers, NestedNumbers, ShapedNumbers } from "./data/read-column.ts";
export { appliedBlock, blockOrder, sharedBlock } from "./document/block-order.ts";
export type { CheckedModel } from "./document/check-model.ts";
export { SharedBlockError } from "./document/check-shared-blocks.ts";
export {
  BadDocumentError,
  CycleError,
  DanglingEdgeError,
  DuplicateNameError,
  HeadWithoutLossError,
  NoHeadsError,
  TooManyNodesError,
  UnknownBlockError,
  UnknownDataError,
  UnknownHeadError,
  UnknownMetricError,
  UnknownNodeError,
  UnknownOptimizerError,
  UnknownScheduleError,
  UnknownVersionError,
  UnusedInputError,
  UnusedNodeError,
} from "./document/errors.ts";
export { contentHash, documentHash } from "./document/hash.ts";
export type { Types } from "./document/infer-graph.ts";
export { canonicalJson } from "./document/json.ts";
export { hasValidation, metricNames, modelMetricNames } from "./document/metric-names.ts";
export type { Origins } from "./document/origins.ts";
export { type CheckedDocument, parseDocument } from "./document/parse-document.ts";
export {
  type BlockDocument,
  type DataDocument,
  documentVersion,
  type ExperimentDocument,
  experimentDocument,
  type HeadDocument,
  type ModelDocument,
  type NodeDocument,
  type TrainingDocument,
  type TypedDocument,
} from "./document/schema.ts";
export { sha256Hex } from "./document/sha256.ts";
export type { Sites } from "./document/sites.ts";
export { typesOf } from "./document/types-of.ts";
export { modelWeights } from "./document/weights.ts";
export {
  IncompleteDocumentError,
  InputNameError,
  InputNotListedError,
  NotAHeadError,
  NotAnInputError,
} from "./experiment/errors.ts";
export { type CompleteDocument, createExperiment, type Experiment, experiment } from "./experiment/experiment.ts";
export { type FromJSONOptions, fromJSON, modelFromJSON } from "./experiment/from-json.ts";
export {
  type AnyModel,
  type MetricName,
  type Model,
  type ModelSpecification,
  model,
  type OutputsOf,
} from "./experiment/model.ts";
export type { EarlyStopping, ExperimentOptions, Reported } from "./experiment/options.ts";
export * from "./graph/index.ts";
export type { ClassificationMetric, ClassificationOptions } from "./heads/classification.ts";
export { HeadFeaturesError } from "./heads/create-head.ts";
export { type AnyHead, defineHead, type Head, type HeadDefinition, type Target } from "./heads/define-head.ts";
export { head, heads } from "./heads/index.ts";
export type { RegressionMetric, RegressionOptions } from "./heads/regression.ts";
export { type Classes, createValues, largest, type Sizes as ValuesSizes, type Values } from "./heads/values.ts";
export { type CatalogueEntry, catalogueEntry } from "./nodes/catalogue-entry.ts";
export { defineNode } from "./nodes/define-node.ts";
export type { NodeDefinition, NodeSpecification, Port } from "./nodes/definition.ts";
export {
  BlockScopeError,
  DTypeError,
  InputCountError,
  ParameterError,
  ShapeError,
  TooLargeError,
  UnknownOptionError,
  UnknownSizeError,
} from "./nodes/errors.ts";
export type * from "./nodes/index.ts";
export { type NodeOps, type NodeType, nodes, type Ops } from "./nodes/index.ts";
export { type Role, role, rolesOf } from "./nodes/role.ts";
export { countParameters, type Weight, type Weights } from "./nodes/weights.ts";
export * from "./shapes/index.ts";
export { type AdamOptions, adam } from "./training/adam.ts";
export { type AdamwOptions, adamw } from "./training/adamw.ts";
export { constant } from "./training/constant.ts";
export { type CosineOptions, cosine } from "./training/cosine.ts";
export {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerDefinition,
} from "./training/define-optimizer.ts";
export { defineSchedule, type Schedule, type ScheduleDefinition } from "./training/define-schedule.ts";
export { optimizers } from "./training/optimizers.ts";
export { schedules } from "./training/schedules.ts";
export { type SgdOptions, sgd } from "./training/sgd.ts";
export { type WarmupCosineOptions, warmupCosine } from "./training/warmup-cosine.ts";
