import { show } from "@flaxen/core";
import { crossEntropyLine, isPlain } from "../losses/cross-entropy.ts";
import {
  binary,
  boolean,
  call,
  column,
  type Expression,
  integer,
  item,
  method,
  name,
  newAxis,
  subscript,
  tuple,
} from "../python/tree.ts";
import { type FinishContext, type MetricContext, type MetricPrinter, mean, share } from "./printer.ts";

const isRight = ({ output, target }: MetricContext): Expression =>
  binary(method(output, "argmax", integer(-1)), "==", target);

/** The share of rows or positions whose highest logit is the label's. */
export const accuracy = mean("accuracy", isRight);

/** The share of those with fewer than `count` logits above the label's. */
export const top = (count: number): MetricPrinter =>
  mean(`top${count}`, ({ lines, output, target, shape }) => {
    const rank = lines.let(
      "rank",
      () => {
        const labels = shape.length === 2 ? column(target) : newAxis(target);
        const own = call("jnp.take_along_axis", output, labels, integer(-1));
        return method(binary(output, ">", own), "sum", integer(-1));
      },
      show(shape.slice(0, -1)),
    );
    return binary(rank, "<", integer(count));
  });

/** The mean cross-entropy: the loss, where that has neither smoothing nor weights. */
const meanLogLoss = ({ params, sum, rows }: FinishContext): Expression =>
  binary(sum(isPlain(params) ? "loss" : "log_loss"), "/", rows);

export const logLoss: MetricPrinter = {
  summands: (context) =>
    isPlain(context.params) ? [] : [{ name: "log_loss", value: crossEntropyLine(context), shape: [] }],
  finish: meanLogLoss,
};

/** The squared distance of all probabilities from the label's, which are 0 and 1 (Brier, 1950). */
export const brier = mean("brier", ({ lines, output, target, outputs, shape }) => {
  const encoded = () => call("jax.nn.one_hot", target, integer(outputs));
  const missing = binary(call("nnx.softmax", output), "-", lines.let("actual", encoded, show(shape)));
  return method(call("jnp.square", missing), "sum", integer(-1));
});

/** The mean cross-entropy in bits. */
export const bitsPerToken: MetricPrinter = {
  summands: logLoss.summands,
  finish: (context) => binary(meanLogLoss(context), "/", call("np.log", integer(2))),
};

/** The cross-entropy of all tokens in bits, by the bytes that they stand for. */
export const bitsPerByte: MetricPrinter = {
  summands: (context) => [
    ...logLoss.summands(context),
    {
      name: "bytes",
      value: subscript(item(name("hp"), `${context.params.of}_bytes`), context.target),
      shape: [],
    },
  ],
  finish: ({ params, sum }) => {
    const nats = sum(isPlain(params) ? "loss" : "log_loss");
    return binary(nats, "/", binary(sum("bytes"), "*", call("np.log", integer(2))));
  },
};

export const perplexity: MetricPrinter = {
  summands: logLoss.summands,
  finish: (context) => call("np.exp", meanLogLoss(context)),
};

/** The share of the rows with a counted position whose every counted position is right. */
export const sequenceAccuracy: MetricPrinter = {
  summands: (context) => {
    const { lines, weight, shape } = context;
    const positions = Array.from({ length: shape.length - 2 }, (_, axis) => integer(axis + 1));
    const axes = positions.length === 1 ? positions[0]! : tuple(...positions);
    const row = lines.let("row_counted", () => method(weight, "max", axes), "[batch]");
    const right = call("jnp.where", binary(weight, ">", integer(0)), isRight(context), boolean(true));
    const whole = lines.let("row_right", () => method(right, "all", axes), "[batch]");
    return [
      { name: "right_rows", value: method(binary(whole, "*", row), "sum"), shape: [], total: true },
      { name: "counted_rows", value: method(row, "sum"), shape: [], total: true },
    ];
  },
  finish: ({ sum }) => share(sum("right_rows"), sum("counted_rows")),
};
