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
  /** Share of all rows, or of all groups, that is set aside: above 0, below 1. */
  readonly ratio: number;
  /** A classification head: each of its classes has the same share. */
  readonly stratify?: string;
  /** Rows of one group are never on both sides. Each group is drawn by its name, so new groups move none of the old. */
  readonly group?: Group;
}

/** One of several parts, for k-fold cross-validation: the part that is set aside. */
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
  /** Rows that hold it are set aside; all others are trained on. */
  readonly value: string | number;
}

/** How rows of a table are set aside, to validate on or to test on. */
export type TableSplit = RatioSplit | FoldSplit | ColumnSplit;

/** Whether an option, `validation` or `test`, makes data with such rows. */
export type HasRows<V> = [V] extends [undefined] ? false : undefined extends V ? boolean : true;

/** How rows are set aside. */
export interface SetAside {
  readonly validation?: unknown;
  readonly test?: unknown;
}

/** Ways to set rows aside, each with the option that asks for it. */
export const waysOf = ({ validation, test }: SetAside): readonly (readonly ["validation" | "test", unknown])[] =>
  (
    [
      ["validation", validation],
      ["test", test],
    ] as const
  ).filter(([, how]) => how !== undefined);

/** The share that is drawn of all rows. */
const shareOf = (how: unknown): number => {
  if (typeof how === "number") return how;
  const { ratio } = (typeof how === "object" && how !== null ? how : {}) as { readonly ratio?: unknown };
  return typeof ratio === "number" ? ratio : 0;
};

/** Throws where the shares that validate and test leave none to train on. */
export const checkShares = (use: string, { validation, test }: SetAside, site?: Site): void => {
  const [validates, tests] = [shareOf(validation), shareOf(test)];
  if (validates + tests >= 1)
    throw optionError(
      use,
      `validation ${validates} and test ${tests} are shares of all rows, so none is left to train on`,
      site,
    );
};

/** Throws where the head to stratify by is none that has one class for each row. */
export const checkStratify = (use: string, ways: SetAside, expectations: Expectations, site?: Site): void => {
  for (const [option, how] of waysOf(ways)) checkStratified(use, option, how, expectations, site);
};

const checkStratified = (
  use: string,
  option: string,
  how: unknown,
  expectations: Expectations,
  site: Site | undefined,
): void => {
  if (typeof how !== "object" || how === null || !("stratify" in how) || how.stratify === undefined) return;
  const head = how.stratify as string;
  const expected = Object.hasOwn(expectations, head) ? expectations[head] : undefined;
  if (expected?.role === "label" && expected.shape === undefined) return;
  const heads = Object.keys(expectations).filter((one) => expectations[one]!.role === "label");
  throw optionError(
    use,
    `${option} stratifies by "${head}", which is no head with a class for each row; ${heads.length > 0 ? `there is ${heads.map((one) => `"${one}"`).join(", ")}` : "there is none"}`,
    site,
  );
};

/** Rows that are left to train on when shares of them are set aside. Half a row is rounded to even, as Python does. */
export const trainRows = (rows: number, ways: SetAside, use: string, site?: Site): number => {
  checkShares(use, ways, site);
  let left = rows;
  for (const option of ["test", "validation"] as const) {
    const share = ways[option];
    if (typeof share !== "number") continue;
    const exact = rows * share;
    const low = Math.floor(exact);
    const chosen = exact - low === 0.5 ? low + (low % 2) : Math.round(exact);
    if (chosen < 1 || chosen >= left)
      throw new EmptyDataError(
        `${use}: ${option} ${share} of ${rows} rows leaves ${left - chosen} to train on and ${chosen} to ${option === "test" ? "test" : "validate"} on. Both need at least one.`,
        { site },
      );
    left -= chosen;
  }
  return left;
};
