import { graph } from "../graph/index.ts";
import { type ActivationName, activations } from "./activations.ts";
import { dropout } from "./drop.ts";

export interface MlpOptions<Features extends number, Name extends string> {
  /** Width of what comes out. */
  readonly features: Features;
  /** Width in between. @defaultValue 4 * features */
  readonly hidden?: number;
  /** @defaultValue "gelu" */
  readonly activation?: ActivationName;
  /** Share of the hidden values dropped while training; 0 prints none. @defaultValue 0 */
  readonly dropout?: number;
  /** Of the class. @defaultValue "mlp" */
  readonly name?: Name;
}

/**
 * Two fully connected layers over the last axis, an activation between them.
 *
 * @example x.residual(blocks.mlp({ features: 64 })) // [batch, time, 64] as before
 */
export const mlp = <const Features extends number, const Name extends string = "mlp">({
  features,
  hidden = 4 * features,
  activation = "gelu",
  dropout: rate = 0,
  name = "mlp" as Name,
}: MlpOptions<Features, Name>) =>
  graph.block(name, graph.dense(hidden).pipe(activations[activation]).pipe(dropout(rate)).dense(features), {
    numbered: true,
  });
