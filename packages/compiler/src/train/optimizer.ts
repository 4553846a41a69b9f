import type { TrainingDocument, TypedDocument } from "@flaxen/core";
import { groupOwner, type Hyperparameters } from "../hyperparameters.ts";
import { decaysKernels, kernelsSource } from "../optimizers/decay.ts";
import { optimizerPrinter } from "../optimizers/index.ts";
import { statementsText } from "../python/statement.ts";
import { call, dict, type Expression, name, returns, type Statement } from "../python/tree.ts";
import { schedulePrinter } from "../schedules/index.ts";

/** `optimizer` of train.py. */
export interface PrintedOptimizer {
  /** The functions that it needs, each a text: schedules, which weights decay. */
  readonly functions: readonly string[];
  readonly body: Statement;
}

/** The optimizer with its groups, behind what is done to gradients first. */
export const printOptimizer = (
  { optimizer, groups, clipNorm, clipValue }: TrainingDocument,
  hyperparameters: Hyperparameters,
): PrintedOptimizer => {
  const base = oneOptimizer(optimizer, hyperparameters, "", "learning_rate");
  const own = (groups ?? []).map((group, i) =>
    oneOptimizer(group.optimizer, hyperparameters, groupOwner(i), `group${i + 1}_learning_rate`),
  );
  const find = (parameter: string) => hyperparameters.find("", parameter)!;
  const update = groups
    ? call(
        "optax.partition",
        dict([["rest", base.update], ...own.map(({ update }, i) => [`group${i + 1}`, update] as const)]),
        name("groups"),
      )
    : base.update;
  const clips = [
    ...(clipValue === undefined ? [] : [call("optax.clip", find("clipValue"))]),
    ...(clipNorm === undefined ? [] : [call("optax.clip_by_global_norm", find("clipNorm"))]),
  ];
  const decays = [optimizer, ...(groups ?? []).map((group) => group.optimizer)].some(({ params }) =>
    decaysKernels(params),
  );
  return {
    functions: [
      ...[base, ...own].flatMap(({ schedule }) => (schedule === undefined ? [] : [schedule])),
      ...(decays ? [kernelsSource] : []),
    ],
    body: returns(clips.length > 0 ? call("optax.chain", ...clips, update) : update),
  };
};

const oneOptimizer = (
  { type, params }: TypedDocument,
  hyperparameters: Hyperparameters,
  owner: string,
  functionName: string,
): { readonly schedule: string | undefined; readonly update: Expression } => {
  const schedule = params.learningRate as unknown as TypedDocument;
  const find = (parameter: string) => hyperparameters.find(owner, parameter);
  const { keys, body } = schedulePrinter(schedule.type);
  const learningRate: Expression = body
    ? { kind: "lambda", parameters: ["step"], body: call(functionName, name("step"), name("hp")) }
    : find(Object.keys(keys)[0]!)!;
  return {
    schedule: body && scheduleText(functionName, body({ params: schedule.params, hp: textOf(find) })),
    update: optimizerPrinter(type)({ params, learningRate, hyperparameter: find }),
  };
};

/** `hp["warmup_steps"]`, as text. */
const textOf =
  (find: (parameter: string) => Expression | undefined) =>
  (parameter: string, index?: number): string => {
    const found = find(index === undefined ? parameter : `${parameter}.${index}`)!;
    return statementsText([{ kind: "return", value: found }]).replace(/^return /, "");
  };

const scheduleText = (functionName: string, { doc, lines }: { doc: string; lines: readonly string[] }): string =>
  [`def ${functionName}(step, hp):`, `    """${doc}"""`, ...lines.map((line) => `    ${line}`)].join("\n");
