import { show } from "@flaxen/core";
import { sum as add, binary, call, type Expression, float, integer, method, subscript, tuple } from "../python/tree.ts";
import type { FinishContext, MetricContext, MetricPrinter, Summand } from "./printer.ts";
import { known, share } from "./printer.ts";

/** What was predicted and what is so, 0 or 1 for each class, `[…, classes]`. */
export interface Answers {
  readonly predicted: Expression;
  readonly actual: Expression;
}

/** Of the highest logit and of the label. */
export const oneOf = ({ lines, output, target, outputs, shape }: MetricContext): Answers => {
  const encoded = (wish: string, value: Expression): Expression =>
    lines.let(wish, () => call("jax.nn.one_hot", value, integer(outputs)), show(shape));
  return {
    predicted: encoded("predicted", method(output, "argmax", integer(-1))),
    actual: encoded("actual", target),
  };
};

/** Of every logit by itself: above 0 the probability is above one half. */
export const anyOf = ({ lines, output, target, shape }: MetricContext): Answers => ({
  predicted: lines.let("predicted", () => binary(output, ">", integer(0)), show(shape)),
  actual: target,
});

/** How often each class was predicted, is so, and both. A shape of [] where there is one class only. */
export const counts =
  (answers: (context: MetricContext) => Answers, shapeOf: (context: MetricContext) => readonly number[]) =>
  (context: MetricContext): readonly Summand[] => {
    const { predicted, actual } = answers(context);
    const shape = shapeOf(context);
    return [
      { name: "true_positive", value: binary(predicted, "*", actual), shape },
      { name: "predicted", value: predicted, shape },
      { name: "actual", value: actual, shape },
    ];
  };

type Ratio<Context = Pick<FinishContext, "sum">> = (context: Context) => Expression;

export const precision: Ratio = ({ sum }) => share(sum("true_positive"), sum("predicted"));
export const recall: Ratio = ({ sum }) => share(sum("true_positive"), sum("actual"));
export const f1: Ratio = ({ sum }) =>
  share(binary(integer(2), "*", sum("true_positive")), add([sum("predicted"), sum("actual")]));
export const iou: Ratio = ({ sum }) =>
  share(sum("true_positive"), binary(add([sum("predicted"), sum("actual")]), "-", sum("true_positive")));

/** F-beta, where recall counts beta times as much as precision: (1 + beta^2) * both / (predicted + beta^2 * actual). */
const fBeta =
  (beta: number): Ratio =>
  ({ sum }) => {
    const weighted = binary(number(beta ** 2), "*", sum("actual"));
    return binary(binary(number(1 + beta ** 2), "*", sum("true_positive")), "/", add([sum("predicted"), weighted]));
  };

/** A decimal number without the digits that its square in binary does not have: 0.49 for 0.7 ** 2. */
const number = (value: number): Expression => {
  const short = Number(value.toPrecision(15));
  return Number.isInteger(short) ? integer(short) : float(short);
};

const eitherOf: Ratio = ({ sum }) => add([sum("predicted"), sum("actual")]);

/** What one class scores by itself: NaN where it is neither a label nor a prediction. */
export const alone: Readonly<Record<"precision" | "recall" | "f1" | "iou", Ratio>> = {
  precision: (context) => known(binary(eitherOf(context), ">", integer(0)), precision(context)),
  recall: (context) => known(binary(eitherOf(context), ">", integer(0)), recall(context)),
  f1: (context) => binary(binary(integer(2), "*", context.sum("true_positive")), "/", eitherOf(context)),
  iou: (context) => {
    const right = context.sum("true_positive");
    return binary(right, "/", binary(eitherOf(context), "-", right));
  },
};

/** That of a name, where it has one: also "f2", "f0.5" and so on. */
export const aloneOf = (name: string): Ratio | undefined => {
  if (Object.hasOwn(alone, name)) return alone[name as keyof typeof alone];
  return /^f[0-9]/.test(name) ? fBeta(Number(name.slice(1))) : undefined;
};

type Summands = MetricPrinter["summands"];

/** The mean over the classes that occur, be it as a prediction only: each of the others has a ratio of 0. NaN without any. */
export const overClasses = (summands: Summands, ratio: Ratio): MetricPrinter => ({
  summands,
  finish: (context) => {
    const occurring = context.lines.let("occurring", () =>
      method(binary(eitherOf(context), ">", integer(0)), "sum", integer(-1)),
    );
    return binary(method(ratio(context), "sum", integer(-1)), "/", occurring);
  },
});

/** Over the answers of all classes together. */
export const together = (summands: Summands, ratio: Ratio): MetricPrinter => ({
  summands,
  finish: ({ sum }) => ratio({ sum: (name) => method(sum(name), "sum", integer(-1)) }),
});

/** Of one class. */
export const ofClass = (summands: Summands, ratio: Ratio<FinishContext>, place: number): MetricPrinter => ({
  summands,
  finish: ({ sum, ...context }) =>
    ratio({
      ...context,
      sum: (name) => subscript(sum(name), tuple({ kind: "constant", name: "..." }, integer(place))),
    }),
});

/** The mean recall of the classes that labels name; NaN without any. */
export const balancedAccuracy = (summands: Summands): MetricPrinter => ({
  summands,
  finish: (context) => {
    const named = method(binary(context.sum("actual"), ">", integer(0)), "sum", integer(-1));
    return binary(method(recall(context), "sum", integer(-1)), "/", named);
  },
});
