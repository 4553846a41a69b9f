import type { HeadDocument } from "../document/schema.ts";
import type { OwnLossDocument, OwnMetricDocument, Score } from "../heads/own/forms.ts";
import { callOf, type Expression, list, literal, record, type Statement, source, verbatim } from "./expression.ts";
import type { Identifiers } from "./identifiers.ts";

/** Prints losses and metrics of the user's own: each definition once, and what a head is given. */
export interface OwnScores {
  /** A head's option: own parts in `loss` and `metrics` as variables, all else as a literal. */
  option(key: string, value: unknown): Expression;
  /** Their definitions. */
  readonly statements: readonly Statement[];
}

export const ownScores = (heads: readonly HeadDocument[], names: Identifiers, imports: Set<string>): OwnScores => {
  const statements: Statement[] = [];
  const made = new Map<string, Expression>();
  const define = (maker: string, name: string, specification: Expression): Expression => {
    const key = JSON.stringify([maker, specification]);
    const known = made.get(key);
    if (known) return known;
    imports.add(maker);
    const variable = names.claim(name);
    statements.push({ name: variable, value: callOf(maker, specification) });
    made.set(key, verbatim(variable));
    return verbatim(variable);
  };

  /** The numbers that some use of a loss gives as hyperparameters. */
  const dynamicOf = ({ name, python }: OwnLossDocument): readonly string[] => {
    const uses = heads.map(({ params }) => params.loss as Score<OwnLossDocument>);
    const same = uses.filter((loss) => typeof loss !== "string" && loss.name === name && loss.python === python);
    return [...new Set(same.flatMap((loss) => Object.keys((loss as OwnLossDocument).hyperparameters)))].sort();
  };

  const loss = (own: OwnLossDocument): Expression => {
    const { options, hyperparameters, python, ...others } = own;
    const given = { ...options, ...hyperparameters };
    const dynamic = dynamicOf(own);
    const variable = define(
      "defineLoss",
      own.name,
      record([
        ...entries(others),
        ...(Object.keys(given).length > 0 ? [["anyOptions", literal(true)] as const] : []),
        ...(dynamic.length > 0 ? [["dynamic", literal(dynamic)] as const] : []),
        ["python", source(python)],
      ]),
    );
    return {
      kind: "chain",
      base: variable,
      calls: [{ arguments: Object.keys(given).length > 0 ? [literal(given)] : [] }],
    };
  };

  const metric = ({ python, sums, minimised, ...others }: OwnMetricDocument): Expression =>
    define(
      "defineMetric",
      others.name,
      record([
        ...entries(others),
        ...(sums.length > 0 ? [["sums", literal(sums)] as const] : []),
        ...(minimised ? [["minimised", literal(true)] as const] : []),
        ["python", source(python)],
      ]),
    );

  return {
    statements,
    option: (key, value) => {
      if (key === "loss" && typeof value !== "string") return loss(value as OwnLossDocument);
      if (key !== "metrics") return literal(value);
      const metrics = value as readonly Score<OwnMetricDocument>[];
      return list(metrics.map((one) => (typeof one === "string" ? literal(one) : metric(one))));
    },
  };
};

const entries = (value: object) => Object.entries(value).map(([key, item]) => [key, literal(item)] as const);
