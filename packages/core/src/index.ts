export * from "./blocks/index.ts";
export { type Connection, type ConnectOptions, canConnect } from "./catalogue/can-connect.ts";
export {
  type Catalogue,
  catalogue,
  type HeadEntry,
  type OptimizerEntry,
  type PartEntry,
} from "./catalogue/catalogue.ts";
export type { LossEntry, MetricEntry, ScoreEntry } from "./catalogue/scores.ts";
export type { ArraysOptions, ArraysSplit, ArraysValidation, Columns, Groups } from "./data/arrays.ts";
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
export type { ImagesOptions, ImagesValidation } from "./data/images.ts";
export { data } from "./data/index.ts";
export type { MnistOptions } from "./data/mnist.ts";
export type { ColumnValues, FlatNumbers, NestedNumbers, ShapedNumbers } from "./data/read-column.ts";
export type { RowsOptions, RowsValidation } from "./data/rows.ts";
export { scaledTargets } from "./data/scaled-targets.ts";
export type { ColumnSplit, FoldSplit, RatioSplit, TableSplit } from "./data/split.ts";
export { type TableOptions, type TableValidation, tableColumnNames } from "./data/table.ts";
export type {
  CategoryColumn,
  FeatureColumn,
  NumberColumn,
  TargetColumn,
  TextColumn,
  Tokenizer,
} from "./data/table-columns.ts";
export type { InlineText, TextOptions, TextSource } from "./data/text.ts";
export { appliedBlock, blockOrder, sharedBlock } from "./document/block-order.ts";
export { CodeRefusedError } from "./document/check-code.ts";
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
  UnknownWeightError,
  UnusedInputError,
  UnusedNodeError,
} from "./document/errors.ts";
export { contentHash, documentHash } from "./document/hash.ts";
export type { Types } from "./document/infer-graph.ts";
export { canonicalJson } from "./document/json.ts";
export { hasTest, hasValidation, metricNames, modelMetricNames } from "./document/metric-names.ts";
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
export { toMermaid } from "./drawing/to-mermaid.ts";
export { toSvg } from "./drawing/to-svg.ts";
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
export type {
  EarlyStopping,
  ExperimentOptions,
  InitialWeights,
  ReduceOnPlateau,
  Reported,
  WeightGroup,
  WeightPatterns,
} from "./experiment/options.ts";
export * from "./graph/index.ts";
export type { BinaryMetric, BinaryOptions } from "./heads/binary.ts";
export type { ClassificationOptions } from "./heads/classification.ts";
export type { ClassificationMetric } from "./heads/classification-metrics.ts";
export { HeadFeaturesError } from "./heads/create-head.ts";
export { type AnyHead, defineHead, type Head, type HeadDefinition, type Target } from "./heads/define-head.ts";
export { head, heads } from "./heads/index.ts";
export type { MultiLabelMetric, MultiLabelOptions } from "./heads/multi-label.ts";
export type { NextTokenMetric, NextTokenOptions } from "./heads/next-token.ts";
export { defineLoss, type LossSpecification, type OwnLoss, type OwnLossFunction } from "./heads/own/define-loss.ts";
export { defineMetric, type MetricSpecification, type OwnMetric } from "./heads/own/define-metric.ts";
export {
  type HeadType,
  metricNamesOf,
  type OwnLossDocument,
  type OwnMetricDocument,
  type Score,
  scoreName,
} from "./heads/own/forms.ts";
export type { ReconstructionMetric, ReconstructionOptions } from "./heads/reconstruction.ts";
export type { RegressionMetric, RegressionOptions } from "./heads/regression.ts";
export {
  type Binary,
  type Classes,
  createValues,
  type Gaussian,
  type Labels,
  largest,
  type Sizes as ValuesSizes,
  type Values,
} from "./heads/values.ts";
export { type CatalogueEntry, catalogueEntry, type ParametersEntry } from "./nodes/catalogue-entry.ts";
export { defineNode } from "./nodes/define-node.ts";
export type { NodeDefinition, NodeSpecification, Port } from "./nodes/definition.ts";
export {
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
export {
  type AnyOutput,
  defineLayer,
  type LayerSpecification,
  type OwnLayer,
  OwnPartError,
  type SameAsInput,
} from "./nodes/own/define-layer.ts";
export { definedIn, functionsIn } from "./nodes/own/python-source.ts";
export { type Role, role, rolesOf } from "./nodes/role.ts";
export { countParameters, type Weight, type Weights } from "./nodes/weights.ts";
export * from "./shapes/index.ts";
export type { Summary, SummaryRow } from "./summary/rows.ts";
export { type SummaryOptions, summary } from "./summary/summary.ts";
export { type AdabeliefOptions, adabelief } from "./training/adabelief.ts";
export { type AdadeltaOptions, adadelta } from "./training/adadelta.ts";
export { type AdafactorOptions, adafactor } from "./training/adafactor.ts";
export { type AdagradOptions, adagrad } from "./training/adagrad.ts";
export { type AdamOptions, adam } from "./training/adam.ts";
export { type AdamaxOptions, adamax } from "./training/adamax.ts";
export { type AdamwOptions, adamw } from "./training/adamw.ts";
export { constant } from "./training/constant.ts";
export { type CosineOptions, cosine } from "./training/cosine.ts";
export { type CosineRestartsOptions, cosineRestarts } from "./training/cosine-restarts.ts";
export {
  defineOptimizer,
  type LearningRate,
  type Optimizer,
  type OptimizerDefinition,
} from "./training/define-optimizer.ts";
export { defineSchedule, type Schedule, type ScheduleDefinition } from "./training/define-schedule.ts";
export { type ExponentialOptions, exponential } from "./training/exponential.ts";
export { type InverseSqrtOptions, inverseSqrt } from "./training/inverse-sqrt.ts";
export { type InverseTimeOptions, inverseTime } from "./training/inverse-time.ts";
export { type JoinOptions, join } from "./training/join.ts";
export { type LambOptions, lamb } from "./training/lamb.ts";
export { type LarsOptions, lars } from "./training/lars.ts";
export { type LinearOptions, linear } from "./training/linear.ts";
export { type LionOptions, lion } from "./training/lion.ts";
export { type MuonOptions, muon } from "./training/muon.ts";
export { type NadamOptions, nadam } from "./training/nadam.ts";
export { type OneCycleOptions, oneCycle } from "./training/one-cycle.ts";
export { optimizers } from "./training/optimizers.ts";
export { type PiecewiseOptions, piecewise } from "./training/piecewise.ts";
export { type PolynomialOptions, polynomial } from "./training/polynomial.ts";
export { type RadamOptions, radam } from "./training/radam.ts";
export { type RmspropOptions, rmsprop } from "./training/rmsprop.ts";
export { schedules } from "./training/schedules.ts";
export { type SgdOptions, sgd } from "./training/sgd.ts";
export { type StepOptions, step } from "./training/step.ts";
export { type WarmupConstantOptions, warmupConstant } from "./training/warmup-constant.ts";
export { type WarmupCosineOptions, warmupCosine } from "./training/warmup-cosine.ts";
export { type WarmupExponentialOptions, warmupExponential } from "./training/warmup-exponential.ts";
export { type WarmupLinearOptions, warmupLinear } from "./training/warmup-linear.ts";
export { type WarmupStableDecayOptions, warmupStableDecay } from "./training/warmup-stable-decay.ts";
export { assignWeights, fitsPattern, type WeightAssignment } from "./training/weight-patterns.ts";
export { type ToTypeScriptOptions, toTypeScript } from "./typescript/to-typescript.ts";
