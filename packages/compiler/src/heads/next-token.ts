import { type Dim, type Shape, show } from "@flaxen/core";
import { binary, call, cut, integer } from "../python/tree.ts";
import type { HeadPrinter } from "./printer.ts";

interface NextTokenParams {
  readonly of: string;
  readonly vocab: number;
}

const before = (time: Dim): Dim => (typeof time === "number" ? time - 1 : `${time} - 1`);

export const nextToken: HeadPrinter<NextTokenParams> = {
  describe: ({ vocab }) => `the next of ${vocab} tokens`,
  compare: ({ params, lines, output, shape, input }) => {
    const shorter: Shape = [shape[0]!, before(shape[1]!), shape[2]!];
    const logits = lines.let("", () => cut(output, 1, undefined, -1), show(shorter));
    const labels = lines.let("labels", () => cut(input(params.of).column, 1, 1), show(shorter.slice(0, 2)));
    return { output: logits, shape: shorter, target: labels, counted: binary(labels, ">", integer(0)), averaged: 0 };
  },
  predict: (logits) => call("nnx.softmax", logits),
  prediction: () => "probabilities of the next token",
  predictedShape: (shape) => shape,
};
