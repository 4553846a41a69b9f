import type { Site } from "@flaxen/errors";
import type { z } from "zod";
import type { DataDocument } from "../document/schema.ts";
import type { Expectations } from "./expectations.ts";

/** One kind of data: its parameters, and what it asks of the model. */
export interface DataDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  readonly doc: string;
  readonly parameters: S;
  /** Whether there are rows to validate on. */
  readonly hasValidation: (params: z.output<S>) => boolean;
  /** Rows to train on, where that is known before the data is opened. */
  readonly trainRows?: (params: z.output<S>, site?: Site) => number | undefined;
  /** Throws where data and model do not go together. */
  readonly check: (params: z.output<S>, expectations: Expectations, site?: Site) => void;
  /** Its columns in the order of the model's inputs and heads; without it there are none to put in order. */
  readonly ordered?: (params: z.output<S>, expectations: Expectations) => z.output<S>;
}

/** The only way a kind of data comes to be. */
export const defineData = <const S extends z.ZodObject>(definition: DataDefinition<S>): DataDefinition<S> => definition;

/** The document's part of data, and bytes that lie beside it. */
export interface BoundData {
  readonly document: DataDocument;
  /** SHA-256 of the bytes, 64 hexadecimal digits -> the bytes. */
  readonly assets: ReadonlyMap<string, Uint8Array>;
}

/** What a model learns from. `Validation` and `Test` say whether there are rows to validate on, and rows to test on. */
export interface Data<Validation extends boolean = boolean, Test extends boolean = boolean> {
  readonly kind: "data";
  readonly type: string;
  readonly validation: Validation;
  readonly test: Test;
  readonly site?: Site | undefined;
  /** What it holds for a model that expects these columns. Throws where it cannot serve them. */
  bind(expectations: Expectations): BoundData;
}
