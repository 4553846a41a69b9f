import type { Site } from "@flaxen/errors";
import * as z from "zod";
import { optionError } from "../document/options.ts";
import { role } from "../nodes/role.ts";
import { EmptyDataError } from "./errors.ts";
import type { Expectations } from "./expectations.ts";

/** Share of the rows that is set aside; drawn with `shuffleSeed`. */
export const fraction = role.host(z.number().gt(0).lt(1));

const name = z.string().min(1);

/** Parameters of a share and of a fold; `group` is what rows are grouped by. */
export const drawn = <S extends z.ZodType>(group: S) =>
  z.union([
    z.strictObject({ ratio: z.number().gt(0).lt(1), stratify: name.optional(), group: group.optional() }),
    z
      .strictObject({
        fold: z.int().min(0),
        of: z.int().min(2).max(1000),
        stratify: name.optional(),
        group: group.optional(),
      })
      .refine(({ fold, of }) => fold < of, { error: "must be less than of", path: ["fold"] }),
  ]);

/** Rows of a table that are set aside. */
export const tableSplit = z.union([drawn(name), z.strictObject({ column: name, value: z.union([name, z.number()]) })]);

/** A share of the rows. */
export interface RatioSplit<Group = string> {
  /** Share of the rows, or of the groups, that validates: above 0, below 1. */
  readonly ratio: number;
  /** A classification head: each of its classes has the same share. */
  readonly stratify?: string;
  /** Rows of one group are never on both sides. Each group is drawn by its name, so new groups move none of the old. */
  readonly group?: Group;
}

/** One of several parts, for k-fold cross-validation: the part that validates. */
export interface FoldSplit<Group = string> {
  /** Counted from 0. */
  readonly fold: number;
  /** How many parts there are. */
  readonly of: number;
  /** A classification head: its classes are dealt out evenly. */
  readonly stratify?: string;
  /** Rows of one group are never on both sides. */
  readonly group?: Group;
}

/** Rows that a column names. */
export interface ColumnSplit {
  readonly column: string;
  /** Rows that hold it validate; all others are trained on. */
  readonly value: string | number;
}

/** How rows of a table are set aside to validate on. */
export type TableSplit = RatioSplit | FoldSplit | ColumnSplit;

/** Whether a `validation` option makes data with rows to validate on. */
export type HasValidation<V> = [V] extends [undefined] ? false : undefined extends V ? boolean : true;

/** Throws where the head to stratify by is none that has one class for each row. */
export const checkStratify = (use: string, how: unknown, expectations: Expectations, site?: Site): void => {
  if (typeof how !== "object" || how === null || !("stratify" in how) || how.stratify === undefined) return;
  const head = how.stratify as string;
  const expected = Object.hasOwn(expectations, head) ? expectations[head] : undefined;
  if (expected?.role === "label" && expected.shape === undefined) return;
  const heads = Object.keys(expectations).filter((one) => expectations[one]!.role === "label");
  throw optionError(
    use,
    `validation stratifies by "${head}", which is no head with a class for each row; ${heads.length > 0 ? `there is ${heads.map((one) => `"${one}"`).join(", ")}` : "there is none"}`,
    site,
  );
};

/** Rows that are left to train on when a share of them validates. Half a row is rounded to even, as Python does. */
export const trainRows = (rows: number, share: number, use: string, site?: Site): number => {
  const exact = rows * share;
  const low = Math.floor(exact);
  const chosen = exact - low === 0.5 ? low + (low % 2) : Math.round(exact);
  if (chosen < 1 || chosen >= rows)
    throw new EmptyDataError(
      `${use}: validation ${share} of ${rows} rows leaves ${rows - chosen} to train on and ${chosen} to validate on. Both need at least one.`,
      { site },
    );
  return rows - chosen;
};
