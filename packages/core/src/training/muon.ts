import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createOptimizer, defineOptimizer, type LearningRate, type Optimizer } from "./define-optimizer.ts";

export const muonOptimizer = defineOptimizer({
  type: "muon",
  doc: "Momentum made orthogonal for weights of two axes, AdamW for the others.",
  learningRate: 1e-3,
  parameters: z.strictObject({
    momentum: role.dynamic(z.number().min(0).lt(1)).default(0.95),
    nesterov: role.structure(z.boolean()).default(true),
    newtonSchulzSteps: role.structure(z.int().min(1).max(100)).default(5),
    rms: role.dynamic(z.number().positive()).default(0.2),
    weightDecay: role.dynamic(z.number().min(0)).default(0.1),
    b1: role.dynamic(z.number().min(0).lt(1)).default(0.9),
    b2: role.dynamic(z.number().min(0).lt(1)).default(0.999),
    eps: role.dynamic(z.number().positive()).default(1e-8),
    adamWeightDecay: role.dynamic(z.number().min(0)).default(0),
  }),
});

export interface MuonOptions {
  /** As for AdamW, since updates have the size of AdamW's. @defaultValue 1e-3 */
  readonly learningRate?: LearningRate;
  /** Decay of the mean of gradients. @defaultValue 0.95 */
  readonly momentum?: number;
  /** Looks ahead along the momentum, also in AdamW. @defaultValue true */
  readonly nesterov?: boolean;
  /** Newton-Schulz iterations. @defaultValue 5 */
  readonly newtonSchulzSteps?: number;
  /** Root mean square of a matrix's update; 0.2 is about that of AdamW. @defaultValue 0.2 */
  readonly rms?: number;
  /** Share of each matrix that a step takes away, times the learning rate. @defaultValue 0.1 */
  readonly weightDecay?: number;
  /** AdamW's decay of the mean of gradients. @defaultValue 0.9 */
  readonly b1?: number;
  /** AdamW's decay of the mean of squared gradients. @defaultValue 0.999 */
  readonly b2?: number;
  /** Added to both denominators. @defaultValue 1e-8 */
  readonly eps?: number;
  /** The same for weights that are no matrices. @defaultValue 0 */
  readonly adamWeightDecay?: number;
}

/**
 * Muon (Jordan and others, 2024), scaled as in Moonlight (Liu and others, 2025): weights of two axes take an orthogonal
 * matrix as their step, all others AdamW's step. Defaults are those of PyTorch with that scale.
 *
 * Embeddings and last layers are matrices too; where AdamW should train them, put them in a group of their own.
 *
 * @example
 * train(model, { optimizer: muon(), groups: [{ match: ["embedding1", "next"], optimizer: adamw() }], … })
 */
export const muon = (options: MuonOptions = {}): Optimizer =>
  createOptimizer(muonOptimizer, options, "muon", callSite(muon));
