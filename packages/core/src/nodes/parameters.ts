import { closest, didYouMean } from "@flaxen/errors";
import type { z } from "zod";
import type { Params } from "../graph/graph-node.ts";
import { isBlock, isTensor } from "../graph/handles.ts";
import type { NodeDefinition, NodeSpecification } from "./definition.ts";
import { ParameterError, UnknownOptionError } from "./errors.ts";
import { type Problem, problem } from "./problem.ts";

type Checked = Pick<NodeSpecification, "name" | "parameters">;
type Issue = z.core.$ZodIssue;

/** A user's value, short enough for a sentence. */
export const shown = (value: unknown): string => {
  if (value === undefined) return "missing";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "function") return "a function";
  if (isTensor(value)) return "a tensor";
  if (isBlock(value)) return "a block";
  if (typeof value !== "object" || value === null) return String(value);
  if (!Array.isArray(value)) return "an object";
  const items = value.slice(0, 8).map((item) => (Array.isArray(item) ? "a list" : shown(item)));
  return `[${items.join(", ")}${value.length > 8 ? ", ..." : ""}]`;
};

export const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const typeNames: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  string: "a string",
  object: "an object",
  array: "a list",
  tuple: "a list",
};

/** What a value must be: "must be at least 1". A schema's own message is one that starts with "must". */
const demand = (issue: Issue): string => {
  if (issue.message.startsWith("must ")) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.map(shown).join(" or ")}`;
    case "too_small":
      if (issue.origin === "array") return `must have ${issue.minimum} items or more`;
      return `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      if (issue.origin === "array") return `must have ${issue.maximum} items or fewer`;
      return `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
    default:
      return issue.message;
  }
};

/** The words that a value may be, alone or beside others. */
const allowed = (issue: Issue): readonly string[] => {
  if (issue.code === "invalid_value") return issue.values.map(String);
  return issue.code === "invalid_union" ? issue.errors.flat().flatMap(allowed) : [];
};

/** A word that is nearly one of those allowed. */
const suggestion = (issue: Issue): string => {
  if (typeof issue.input !== "string") return "";
  const near = closest(issue.input, allowed(issue));
  return near === undefined ? "" : `. Did you mean ${shown(near)}?`;
};

/** "kernel[1]" */
const pathOf = (issue: Issue): string =>
  issue.path.map((key, depth) => (typeof key === "number" ? `[${key}]` : depth ? `.${String(key)}` : key)).join("");

/** What is told of several complaints: a misspelt option before the one that is missing for it. */
export const firstIssue = ({ issues }: z.ZodError): Issue =>
  issues.find(({ code, path }) => code === "unrecognized_keys" && path.length === 0) ?? issues[0]!;

/** A complaint of a schema as one sentence about the user's argument. */
export const parameterProblem = (node: string, issue: Issue, known: readonly string[]): Problem => {
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    // What is known at another place is not known here.
    if (issue.path.length > 0)
      return problem({
        error: UnknownOptionError,
        node,
        sentence: `${node}: ${pathOf(issue)} has no option "${key}".`,
      });
    const hint = known.length === 0 ? " It has none." : didYouMean(key, known);
    return problem({ error: UnknownOptionError, node, sentence: `${node} has no option "${key}".${hint}` });
  }
  const refusal = (sentence: string) => problem({ error: ParameterError, node, sentence });
  if (issue.path.length === 0)
    return refusal(`${node}: its parameters ${demand(issue)}, but they are ${shown(issue.input)}`);
  const path = pathOf(issue);
  const sentence =
    issue.input === undefined && issue.path.length === 1
      ? `${node} needs ${path}; it ${demand(issue)}`
      : `${node}: ${path} ${demand(issue)}, but it is ${shown(issue.input)}${suggestion(issue)}`;
  return refusal(sentence);
};

/** Checks what a document holds for a node; gives the normal form. */
export const checkParameters = (node: Checked, given: unknown, known?: readonly string[]): Params | Problem => {
  const checked = node.parameters.safeParse(given, { reportInput: true });
  if (checked.success) return checked.data as Params;
  return parameterProblem(node.name, firstIssue(checked.error), known ?? Object.keys(node.parameters.shape));
};

/** The options of a node's method: parameters that are not positional, optional operands, and the name. */
export const optionNames = ({ parameters, ports, positional, named }: NodeDefinition): readonly string[] => [
  ...Object.keys(parameters.shape).filter(
    (key) => !positional.includes(key) && !ports.some(({ number }) => number === key),
  ),
  ...ports.flatMap((port) => (port.optional ? [port.name] : [])),
  ...(named === "never" || positional.includes("name") ? [] : ["name"]),
];
