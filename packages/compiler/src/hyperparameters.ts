import {
  type CompleteDocument,
  heads as headDefinitions,
  type ModelDocument,
  nodes as nodeDefinitions,
  optimizers,
  rolesOf,
  type TrainingDocument,
} from "@flaxen/core";
import { scope, snakeCase } from "./python/names.ts";
import { type Expression, item, name } from "./python/tree.ts";
import { schedulePrinter } from "./schedules/index.ts";

/**
 * Numbers that enter the program as arguments: `hp` in the emitted files, `hyperparameters` in config.json.
 *
 * An owner is named as in the source map ("dropout1", "encoder/dropout1", "digit"), the training by "".
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
  const means = model.heads.map(({ name }) => `${name}_mean`);
  const names = scope(["total_steps", ...means], new Set());
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

const trainingEntries = ({ optimizer, clipNorm }: TrainingDocument): readonly Entry[] => {
  const entry = (parameter: string, wish: string, value: unknown): Entry => ({ owner: "", parameter, wish, value });
  const { type, params } = optimizer.params.learningRate as { type: string; params: Record<string, unknown> };
  const { parameters } = optimizers[optimizer.type as keyof typeof optimizers];
  return [
    ...Object.entries(schedulePrinter(type).keys).map(([parameter, key]) => entry(parameter, key, params[parameter])),
    ...dynamicOf(parameters).map((key) => entry(key, snakeCase(key), optimizer.params[key])),
    entry("clipNorm", "clip_norm", clipNorm),
  ];
};

const nodeEntries = ({ nodes, blocks }: ModelDocument): readonly Entry[] => {
  const graphs = [
    ["", nodes] as const,
    ...Object.entries(blocks).map(([block, graph]) => [`${block}/`, graph.nodes] as const),
  ];
  return graphs.flatMap(([prefix, graph]) =>
    graph.flatMap(({ id, type, params }) => {
      const dynamic = dynamicOf(nodeDefinitions[type as keyof typeof nodeDefinitions].parameters);
      return dynamic.map((parameter) => {
        const own = snakeCase(`${prefix}${id}`.replace("/", "_"));
        const wish = dynamic.length === 1 ? own : `${own}_${snakeCase(parameter)}`;
        return { owner: prefix + id, parameter, wish, value: params[parameter] };
      });
    }),
  );
};

const headEntries = (model: ModelDocument): readonly Entry[] =>
  model.heads.flatMap(({ name: head, type, params }) =>
    dynamicOf(headDefinitions[type as keyof typeof headDefinitions].parameters).map((parameter) => {
      const given = parameter === "weight" && isWeighted(model) ? (params.weight ?? 1) : params[parameter];
      return { owner: head, parameter, wish: snakeCase(`${head}_${snakeCase(parameter)}`), value: given };
    }),
  );
