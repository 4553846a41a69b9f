import type { Fits, Then } from "../../graph/op.ts";
import { type Gated, gated } from "./gated.ts";

export const glu = gated(
  "glu",
  "The first half of the features times the sigmoid of the second: [..., 2 * features] -> [..., features].",
);
export const swiglu = gated(
  "swiglu",
  "The first half of the features times the SiLU of the second: [..., 2 * features] -> [..., features].",
);
export const geglu = gated(
  "geglu",
  "The first half of the features times the GELU of the second: [..., 2 * features] -> [..., features].",
);

export interface Glu extends Gated<"glu"> {}
export interface Swiglu extends Gated<"swiglu"> {}
export interface Geglu extends Gated<"geglu"> {}

export interface GluMethods {
  /**
   * The first half of the features times the sigmoid of the second half (Dauphin et al. 2017, "Language Modeling with
   * Gated Convolutional Networks").
   *
   * @example x.dense(128).glu() // [batch, 128] -> [batch, 64]
   */
  glu<Self>(this: Fits<Self, Glu, Self>): Then<Self, Glu>;
  /**
   * The first half of the features times the SiLU of the second half (Shazeer 2020, "GLU Variants Improve Transformer"):
   * the feed-forward layer of LLaMA is `x.dense(2 * hidden, { useBias: false }).swiglu().dense(features, …)`.
   *
   * @example x.dense(128).swiglu() // [batch, 20, 128] -> [batch, 20, 64]
   */
  swiglu<Self>(this: Fits<Self, Swiglu, Self>): Then<Self, Swiglu>;
  /**
   * The first half of the features times the GELU (exact, by the error function) of the second half (Shazeer 2020, "GLU
   * Variants Improve Transformer").
   *
   * @example x.dense(128).geglu() // [batch, 20, 128] -> [batch, 20, 64]
   */
  geglu<Self>(this: Fits<Self, Geglu, Self>): Then<Self, Geglu>;
}
