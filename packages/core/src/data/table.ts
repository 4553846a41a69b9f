import type { Site } from "@flaxen/errors";
import * as z from "zod";
import { optionError } from "../document/options.ts";
import { role } from "../nodes/role.ts";
import { checkColumns, checkRowShape, inOrder } from "./columns.ts";
import type { Expectation, Expectations } from "./expectations.ts";
import { checkShares, checkStratify, fraction, type TableSplit, tableSplit } from "./split.ts";
import {
  checkTableColumn,
  type FeatureColumn,
  readTableColumn,
  type TargetColumn,
  tableColumn,
} from "./table-columns.ts";

const column = z.union([z.string().min(1), tableColumn]);
type Column = z.output<typeof column>;

const heldOut = role
  .host(
    z.union([fraction, z.string().min(1), tableSplit], {
      error:
        "must be a share between 0 and 1, the path of a file, { ratio, stratify?, group? }, { fold, of, stratify?, group? } or { column, value }",
    }),
  )
  .optional();

/** Parameters of every table. */
export const tableParameters = {
  /** Where the file lies. */
  path: role.host(z.string().min(1)),
  features: role.host(z.record(z.string(), z.array(column).min(1))),
  targets: role.host(z.record(z.string(), z.union([column, z.array(column).min(1)]))),
  validation: heldOut,
  test: heldOut,
  scaling: role.host(z.enum(["standard", "minMax", "robust", "none"])).default("standard"),
};

interface TableParams {
  readonly features: Readonly<Record<string, readonly Column[]>>;
  readonly targets: Readonly<Record<string, Column | readonly Column[]>>;
  readonly validation?: number | string | object | undefined;
  readonly test?: number | string | object | undefined;
}

const listOf = <T>(given: T | readonly T[]): readonly T[] => (Array.isArray(given) ? given : [given as T]);
const nameOf = (given: Column): string => (typeof given === "string" ? given : given.column);

/** Every column of a table that is read, those by which rows are set aside among them. */
export const tableColumnNames = ({ features, targets, validation, test }: TableParams): readonly string[] => [
  ...[...Object.values(features).flat(), ...Object.values(targets).flatMap(listOf)].map(nameOf),
  ...[validation, test].flatMap((how) => {
    const { group, column } = (typeof how === "object" ? how : {}) as {
      readonly group?: string;
      readonly column?: string;
    };
    return [group, column].filter((name) => name !== undefined);
  }),
];

export const checkTable = (
  use: string,
  { features, targets, validation, test }: TableParams,
  expectations: Expectations,
  site?: Site | undefined,
): void => {
  const named = { ...features, ...targets };
  checkColumns(use, [...Object.keys(features), ...Object.keys(targets)], expectations, site);
  for (const [name, expected] of Object.entries(expectations)) {
    if ((expected.role === "input") !== Object.hasOwn(features, name))
      throw optionError(
        use,
        expected.role === "input"
          ? `"${name}" is an input: name its columns in features`
          : `"${name}" is a head: name its column in targets`,
        site,
      );
    const given = named[name]!;
    for (const one of listOf(given)) checkTableColumn(use, name, one, expected, site);
    checkWidth(use, name, given, expected, site);
  }
  const read = new Set(Object.values(features).flat().map(nameOf));
  const leak = Object.values(targets)
    .flatMap(listOf)
    .map(nameOf)
    .find((target) => read.has(target));
  if (leak !== undefined)
    throw optionError(use, `column "${leak}" is both a feature and a target, so the answer would be given away`, site);
  checkStratify(use, { validation, test }, expectations, site);
  checkShares(use, { validation, test }, site);
};

const isText = (one: Column): boolean => typeof one !== "string" && one.kind === "text";
const isSet = (one: Column): boolean => typeof one !== "string" && one.kind === "set";

/** A text is as many numbers as its input has positions, and so are tags; else a column is one number. */
const checkWidth = (
  use: string,
  name: string,
  given: Column | readonly Column[],
  expected: Expectation,
  site: Site | undefined,
): void => {
  const columns = listOf(given);
  const tags = expected.role === "label" && expected.shape !== undefined;
  const whole = columns.find(isText) ?? columns.find(isSet) ?? (tags ? columns[0] : undefined);
  if (whole === undefined) {
    checkRowShape(use, name, Array.isArray(given) ? [columns.length] : [], expected, site);
    return;
  }
  const where = `column "${nameOf(whole)}"`;
  if (columns.length > 1)
    throw optionError(use, `${where} fills "${name}" alone, but ${columns.length} columns are named`, site);
  if (isSet(whole)) return;
  const [length, ...more] = expected.role === "input" || expected.role === "label" ? (expected.shape ?? []) : [];
  if (length === undefined || more.length > 0)
    throw optionError(use, `${where} is one number for each position, so "${name}" must have one axis, [length]`, site);
  const own = typeof whole === "string" ? undefined : whole.length;
  if (typeof length === "string" ? own === undefined : own !== undefined && own !== length)
    throw optionError(
      use,
      typeof length === "string"
        ? `${where} needs a length: the "${length}" of "${name}" may be any`
        : `${where} has the length ${own}, but "${name}" has ${length} positions`,
      site,
    );
};

export const orderTable = <P extends TableParams>(params: P, expectations: Expectations): P => ({
  ...params,
  features: inOrder(params.features, expectations),
  targets: inOrder(params.targets, expectations),
});

export interface TableOptions<V, T = undefined> {
  /** Input -> its columns, in order: as many as the input has features; or one column of text. */
  readonly features: Readonly<Record<string, FeatureColumn | readonly FeatureColumn[]>>;
  /**
   * Head -> its column; one each for a regression of several outputs. Class names may be text; where a head predicts
   * for every position, the column holds names separated by white space.
   */
  readonly targets?: Readonly<Record<string, string | TargetColumn | readonly (string | TargetColumn)[]>>;
  /** Another file, a share of the rows, or which rows. Without it nothing validates. */
  readonly validation?: V;
  /** In the same forms: rows that test, once, at the end. They are set aside first. */
  readonly test?: T;
  /** Of the columns of numbers, fitted on the training rows only. @defaultValue "standard" */
  readonly scaling?: "standard" | "minMax" | "robust" | "none";
}

/** What `validation` and `test` of a table may be. */
export type TableValidation = number | string | TableSplit | undefined;

const loose = z.looseObject({});

/** The options of a table as its document holds them. */
export const readTable = (
  use: string,
  options: TableOptions<TableValidation, TableValidation>,
  site: Site | undefined,
): object => {
  const read = (part: unknown, list: boolean) => {
    if (!loose.safeParse(part).success) return part;
    return Object.fromEntries(
      Object.entries(part as object).map(([name, given]) => [
        name,
        list || Array.isArray(given)
          ? listOf(given).map((one) => readTableColumn(use, one, site))
          : readTableColumn(use, given, site),
      ]),
    );
  };
  return { ...options, features: read(options?.features, true), targets: read(options?.targets ?? {}, false) };
};
