import * as z from "zod";
import { size } from "./schemas.ts";

/** Checked parameters of windows over a number of axes, and how a call's shorter forms become them. */
export type AxisCount = 1 | 2 | 3;

const many = { 1: "", 2: ", or two of them", 3: ", or three of them" } as const;

const onEach = <T extends z.ZodType>(axes: AxisCount, schema: T): [T, ...T[]] =>
  Array.from({ length: axes }, () => schema) as [T, ...T[]];

/** One size for each axis. */
export const axisSizes = (axes: AxisCount): z.ZodType<number[]> =>
  z.tuple(onEach(axes, size), { error: `must be a whole number of at least 1${many[axes]}` });

/** One size, or one for each axis, for nodes that take tensors of several ranks. */
export const anyAxisSizes = z.union([size, z.array(size).min(1).max(3)], {
  error: "must be a whole number of at least 1, or one for each axis",
});

const side = z.int().min(0).max(65_535);
const sides = z.tuple([side, side]);
const words = (given: readonly string[]): string =>
  given.map((word, place) => `${place && place === given.length - 1 ? " or " : place ? ", " : ""}"${word}"`).join("");

const paddings = <const Word extends string>(allowed: readonly [Word, ...Word[]], explicit: z.ZodType<Sides[]>) =>
  z.union([z.enum(allowed), explicit], {
    error: `must be ${words(allowed)}, or the zeros around each axis as [[before, after], ...]`,
  });
type Sides = [before: number, after: number];

const explicitSides = (axes: AxisCount): z.ZodType<Sides[]> => z.tuple(onEach(axes, sides));
/** "SAME", "VALID", or the zeros before and after each axis. */
export const axisPadding = (axes: AxisCount) => paddings(["SAME", "VALID"], explicitSides(axes));
/** The same, and "CAUSAL": as many zeros before the first position as the window reaches back. */
export const timePadding = paddings(["SAME", "VALID", "CAUSAL"], explicitSides(1));

/** One number for all axes, resolved. Anything else is left to the schema. */
export const onAllAxes =
  (axes: AxisCount) =>
  (given: unknown): unknown =>
    typeof given === "number" ? Array.from({ length: axes }, () => given) : given;

const bothSides = (given: unknown): unknown => (typeof given === "number" ? [given, given] : given);
/** One number for all sides, or for both sides of an axis, resolved. */
export const onAllSides =
  (axes: AxisCount) =>
  (given: unknown): unknown => {
    const spread = onAllAxes(axes)(given);
    return Array.isArray(spread) ? spread.map(bothSides) : spread;
  };
