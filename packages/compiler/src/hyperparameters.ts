import {
  type CompleteDocument,
  heads as headDefinitions,
  type ModelDocument,
  nodes as nodeDefinitions,
  type OwnLossDocument,
  optimizers,
  rolesOf,
  type TrainingDocument,
  type TypedDocument,
} from "@flaxen/core";
import { ownParameter } from "./losses/own.ts";
import { scope, snakeCase } from "./python/names.ts";
import { type Expression, item, name } from "./python/tree.ts";
import { schedulePrinter } from "./schedules/index.ts";

/**
 * Numbers that enter the program as arguments: `hp` in the emitted files, `hyperparameters` in config.json.
 *
 * An owner is named as in the source map ("dropout1", "encoder/dropout1", "digit"), the training by "", its groups by
 * `groupOwner`. An entry of a list is the parameter "rates.0".
 */
export interface Hyperparameters {
  readonly values: Readonly<Record<string, number>>;
  /** `hp["learning_rate"]`; undefined where the document gives no value. */
  find(owner: string, parameter: string): Expression | undefined;
}

interface Entry {
  readonly owner: string;
  readonly parameter: string;
  readonly wish: string;
  readonly value: unknown;
}

/** Whether losses of heads are weighted: one alone, without a weight, is the model's loss. */
export const isWeighted = ({ heads }: ModelDocument): boolean =>
  heads.length > 1 || heads.some(({ params }) => params.weight !== undefined);

/** Everything whose role is "dynamic", in the order training, nodes, heads. */
export const hyperparametersOf = (document: CompleteDocument): Hyperparameters => {
  const { model, training } = document;
  const entries = [...trainingEntries(training), ...nodeEntries(model), ...headEntries(model)];
  const fitted = model.heads.flatMap(({ name }) => [`${name}_mean`, `${name}_scale`, `${name}_class_weights`]);
  const names = scope(["total_steps", "steps_per_epoch", "rate_scale", ...fitted], new Set());
  const keys = new Map<string, string>();
  const values: Record<string, number> = {};
  for (const { owner, parameter, wish, value } of entries) {
    if (typeof value !== "number") continue;
    const key = names.claim(wish);
    keys.set(`${owner} ${parameter}`, key);
    values[key] = value;
  }
  return {
    values,
    find: (owner, parameter) => {
      const key = keys.get(`${owner} ${parameter}`);
      return key === undefined ? undefined : item(name("hp"), key);
    },
  };
};

const dynamicOf = (schema: Parameters<typeof rolesOf>[0]): readonly string[] =>
  Object.entries(rolesOf(schema)).flatMap(([parameter, role]) => (role === "dynamic" ? [parameter] : []));

/** What owns the numbers of a group's optimizer: no node or head is called so. */
export const groupOwner = (index: number): string => `@${index + 1}`;

const trainingEntries = ({
  optimizer,
  groups = [],
  clipNorm,
  clipValue,
  averageWeights,
}: TrainingDocument): readonly Entry[] => {
  const entry = (parameter: string, wish: string, value: unknown): Entry => ({ owner: "", parameter, wish, value });
  return [
    ...optimizerEntries(optimizer, "", ""),
    ...groups.flatMap((group, i) => optimizerEntries(group.optimizer, groupOwner(i), `group${i + 1}_`)),
    entry("clipNorm", "clip_norm", clipNorm),
    entry("clipValue", "clip_value", clipValue),
    entry("averageWeights", "average_weights", averageWeights),
  ];
};

const optimizerEntries = (optimizer: TypedDocument, owner: string, prefix: string): readonly Entry[] => {
  const entry = (parameter: string, key: string, value: unknown): Entry => ({
    owner,
    parameter,
    wish: prefix + key,
    value,
  });
  const { parameters } = optimizers[optimizer.type as keyof typeof optimizers];
  return [
    ...scheduleNumbers(optimizer.params.learningRate as unknown as TypedDocument).map((number) => entry(...number)),
    ...dynamicOf(parameters).map((key) => entry(key, snakeCase(key), optimizer.params[key])),
  ];
};

/** [parameter, key, value] of a schedule, and of those that it joins. */
const scheduleNumbers = ({ type, params }: TypedDocument): readonly ScheduleNumber[] => [
  ...Object.entries(schedulePrinter(type).keys).flatMap(([parameter, key]): readonly ScheduleNumber[] => {
    const value = params[parameter];
    return Array.isArray(value)
      ? value.map((item, i) => [`${parameter}.${i}`, `${key}_${i + 1}`, item])
      : [[parameter, key, value]];
  }),
  ...joinedSchedules(params).flatMap((joined, i) =>
    scheduleNumbers(joined).map(
      ([parameter, key, value]): ScheduleNumber => [`schedules.${i}.${parameter}`, `schedule${i + 1}_${key}`, value],
    ),
  ),
];

type ScheduleNumber = readonly [parameter: string, key: string, value: unknown];

/** The schedules of a `join`. */
export const joinedSchedules = (params: TypedDocument["params"]): readonly TypedDocument[] =>
  (params.schedules ?? []) as unknown as readonly TypedDocument[];

const nodeEntries = ({ nodes, blocks }: ModelDocument): readonly Entry[] => {
  const graphs = [
    ["", nodes] as const,
    ...Object.entries(blocks).map(([block, graph]) => [`${block}/`, graph.nodes] as const),
  ];
  return graphs.flatMap(([prefix, graph]) =>
    graph.flatMap(({ id, type, params }) => {
      const { parameters, positional } = nodeDefinitions[type as keyof typeof nodeDefinitions];
      const dynamic = dynamicOf(parameters);
      return dynamic.map((parameter) => {
        const own = snakeCase(`${prefix}${id}`.replace("/", "_"));
        const wish = dynamic.length === 1 && positional.includes(parameter) ? own : `${own}_${snakeCase(parameter)}`;
        return { owner: prefix + id, parameter, wish, value: params[parameter] };
      });
    }),
  );
};

const headEntries = (model: ModelDocument): readonly Entry[] =>
  model.heads.flatMap(({ name: head, type, params }) => {
    const entry = (parameter: string, key: string, value: unknown): Entry => ({
      owner: head,
      parameter,
      wish: snakeCase(`${head}_${snakeCase(key)}`),
      value,
    });
    const own = dynamicOf(headDefinitions[type as keyof typeof headDefinitions].parameters).map((parameter) =>
      entry(
        parameter,
        parameter,
        parameter === "weight" && isWeighted(model) ? (params.weight ?? 1) : params[parameter],
      ),
    );
    const { hyperparameters = {} } = params.loss as Partial<OwnLossDocument>;
    const keys = Object.keys(hyperparameters).sort();
    return [...own, ...keys.map((key) => entry(ownParameter(key), key, hyperparameters[key]))];
  });
