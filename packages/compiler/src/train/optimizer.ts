import type { TrainingDocument, TypedDocument } from "@flaxen/core";
import { groupOwner, type Hyperparameters, joinedSchedules } from "../hyperparameters.ts";
import { decaysKernels, kernelsSource } from "../optimizers/decay.ts";
import { optimizerPrinter } from "../optimizers/index.ts";
import { lineLength } from "../python/layout.ts";
import { snakeCase } from "../python/names.ts";
import { statementsText } from "../python/statement.ts";
import { binary, call, dict, type Expression, item, name, returns, type Statement } from "../python/tree.ts";
import { schedulePrinter } from "../schedules/index.ts";
import type { ScheduleBody, ScheduleContext, SchedulePrinter } from "../schedules/printer.ts";

/** `optimizer` of train.py. */
export interface PrintedOptimizer {
  /** The functions that it needs, each a text: schedules, which weights decay. */
  readonly functions: readonly string[];
  readonly body: Statement;
}

/** The optimizer with its groups, behind what is done to gradients first. */
export const printOptimizer = (
  { optimizer, groups, clipNorm, clipValue, reduceOnPlateau }: TrainingDocument,
  hyperparameters: Hyperparameters,
): PrintedOptimizer => {
  const scaled = reduceOnPlateau !== undefined;
  const base = oneOptimizer(optimizer, hyperparameters, "", "learning_rate", scaled);
  const own = (groups ?? []).map((group, i) =>
    oneOptimizer(group.optimizer, hyperparameters, groupOwner(i), `group${i + 1}_learning_rate`, scaled),
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
    functions: [...[base, ...own].flatMap(({ schedules }) => schedules), ...(decays ? [kernelsSource] : [])],
    body: returns(clips.length > 0 ? call("optax.chain", ...clips, update) : update),
  };
};

const oneOptimizer = (
  { type, params }: TypedDocument,
  hyperparameters: Hyperparameters,
  owner: string,
  functionName: string,
  scaled: boolean,
): { readonly schedules: readonly string[]; readonly update: Expression } => {
  const schedule = params.learningRate as unknown as TypedDocument;
  const find = (parameter: string) => hyperparameters.find(owner, parameter);
  const { keys, body } = schedulePrinter(schedule.type);
  const rate = body ? call(functionName, name("step"), name("hp")) : find(Object.keys(keys)[0]!)!;
  const now = scaled ? binary(item(name("hp"), "rate_scale"), "*", rate) : rate;
  const learningRate: Expression = body ? { kind: "lambda", parameters: ["step"], body: now } : now;
  return {
    schedules: scheduleTexts(schedule, find, functionName),
    update: optimizerPrinter(type)({ params, learningRate, hyperparameter: find }),
  };
};

type Find = (parameter: string) => Expression | undefined;

/** The function of a schedule, behind those of the schedules that it joins. */
const scheduleTexts = ({ type, params }: TypedDocument, find: Find, functionName: string): readonly string[] => {
  const { body } = schedulePrinter(type);
  if (body === undefined) return [];
  const joined = joinedSchedules(params).map((schedule, i) => {
    const own: Find = (parameter) => find(`schedules.${i}.${parameter}`);
    return { schedule, own, called: `${functionName}_${i + 1}` };
  });
  const part: ScheduleContext["part"] = (index, step, hp) => {
    const { schedule, own, called } = joined[index]!;
    const { keys, body } = schedulePrinter(schedule.type);
    return body
      ? { rate: `${called}(${step}, ${hp})`, constant: false }
      : { rate: textOf(own)(Object.keys(keys)[0]!), constant: true };
  };
  return [
    ...joined.flatMap(({ schedule, own, called }) => scheduleTexts(schedule, own, called)),
    scheduleText(functionName, body, { params, hp: textOf(find), part }),
  ];
};

/** `hp["warmup_steps"]`, as text. */
const textOf =
  (find: Find) =>
  (parameter: string, index?: number): string => {
    const found = find(index === undefined ? parameter : `${parameter}.${index}`)!;
    return statementsText([{ kind: "return", value: found }]).replace(/^return /, "");
  };

const scheduleText = (
  functionName: string,
  body: NonNullable<SchedulePrinter["body"]>,
  context: ScheduleContext,
): string => {
  const { doc, lines } = fitting(body, context);
  return [`def ${functionName}(step, hp):`, `    """${doc}"""`, ...lines.map((line) => `    ${line}`)].join("\n");
};

/** Where a line becomes too long, numbers with long keys are variables. */
const fitting = (body: NonNullable<SchedulePrinter["body"]>, context: ScheduleContext): ScheduleBody => {
  const printed = body(context);
  if (printed.lines.every((line) => line.length + 4 <= lineLength)) return printed;
  const variables = new Map<string, string>();
  const hp: ScheduleContext["hp"] = (parameter, index) => {
    const variable = snakeCase(index === undefined ? parameter : `${parameter}_${index + 1}`);
    variables.set(variable, context.hp(parameter, index));
    return variable;
  };
  const { doc, lines: own } = body({ ...context, hp });
  // Between two names ruff sets no spaces around a power.
  const lines = own.map((line) => line.replace(/\b([a-z]\w*) \*\* ([a-z]\w*)(?![\w.([])/, "$1**$2"));
  return { doc, lines: [...[...variables].map(([variable, value]) => `${variable} = ${value}`), ...lines] };
};
