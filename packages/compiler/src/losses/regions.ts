import { binary, boolean, call, type Expression, integer, method, newAxis, sum, tuple } from "../python/tree.ts";
import type { LossContext, LossPrinter } from "./printer.ts";

interface Regions {
  /** Probabilities of positions to be of a class, 0 where a position does not count. */
  readonly chance: Expression;
  /** 1 where they are. */
  readonly truth: Expression;
  /** Number of axes of positions. */
  readonly axes: number;
  /** The mean over classes, where there are several. */
  mean(ratio: Expression): Expression;
}

const ofLogits = ({ lines, output, target, shape }: LossContext): Regions => ({
  chance: lines.let("chance", () =>
    call("jnp.where", binary(target, ">=", integer(0)), call("nnx.sigmoid", output), integer(0)),
  ),
  truth: lines.let("truth", () => call("jnp.maximum", target, integer(0))),
  axes: shape.length - 1,
  mean: (ratio) => ratio,
});

const ofClasses = ({ lines, output, target, shape, outputs }: LossContext): Regions => ({
  chance: lines.let("chance", () =>
    binary(call("nnx.softmax", output), "*", newAxis(binary(target, ">=", integer(0)))),
  ),
  truth: lines.let("truth", () => call("jax.nn.one_hot", target, integer(outputs))),
  axes: shape.length - 2,
  mean: (ratio) => method(ratio, "mean", integer(-1)),
});

/** 1 - weighted hits / (weighted hits + weighted mistakes): of a row, with an axis of size 1 for each of its positions. */
const region =
  (
    regionsOf: (context: LossContext) => Regions,
    hitsCount: number,
    mistakes: (wrong: Expression, missed: Expression, context: LossContext) => readonly Expression[],
  ): LossPrinter =>
  (context) => {
    const { lines, hyperparameter } = context;
    const { chance, truth, axes, mean } = regionsOf(context);
    const places = Array.from({ length: axes }, (_, axis) => integer(axis + 1));
    const total = (value: Expression): Expression =>
      method(value, "sum", axes === 1 ? places[0]! : tuple(...places), { keepdims: boolean(true) });
    const hits = lines.let("hits", () => total(binary(chance, "*", truth)));
    const wrong = lines.let("wrong", () => binary(total(chance), "-", hits));
    const missed = lines.let("missed", () => binary(total(truth), "-", hits));
    const counted = hitsCount === 1 ? hits : binary(integer(hitsCount), "*", hits);
    const above = sum([counted, hyperparameter("smooth")]);
    const below = sum([counted, ...mistakes(wrong, missed, context), hyperparameter("smooth")]);
    return binary(integer(1), "-", mean(binary(above, "/", below)));
  };

const both = (wrong: Expression, missed: Expression): readonly Expression[] => [wrong, missed];

const forRegions = (regionsOf: (context: LossContext) => Regions) => ({
  dice: region(regionsOf, 2, both),
  jaccard: region(regionsOf, 1, both),
  tversky: region(regionsOf, 1, (wrong, missed, { hyperparameter }) => [
    binary(hyperparameter("alpha"), "*", wrong),
    binary(hyperparameter("beta"), "*", missed),
  ]),
});

/** Losses of regions: of two classes, and of several, each class for itself. */
export const regionsOfLogits = forRegions(ofLogits);
export const regionsOfClasses = forRegions(ofClasses);
