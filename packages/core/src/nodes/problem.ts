import type { FlaxenError, Site } from "@flaxen/errors";
import type { NodeErrorOptions } from "./errors.ts";

const mark = Symbol("problem");

interface Facts {
  /** The error that it becomes. */
  readonly error: new (
    sentence: string,
    options: NodeErrorOptions,
  ) => FlaxenError;
  readonly sentence: string;
  /** The operation, or the name that the user gave it. */
  readonly node: string;
  /** Where the operation was written. */
  readonly site?: Site | undefined;
}

/** What is wrong with an operation, before it is known where that surfaces. */
export interface Problem extends Facts {
  readonly [mark]: true;
}

export const problem = (facts: Facts): Problem => ({ ...facts, [mark]: true });

export const isProblem = (outcome: object): outcome is Problem => mark in outcome;

/** The same problem, told from one level further out: "residual: …". */
export const within = (place: string, inner: Problem): Problem => ({
  ...inner,
  sentence: `${place}: ${inner.sentence}`,
});

const samePlace = (a: Site, b: Site): boolean => a.line === b.line && a.column === b.column && a.file === b.file;

/** The error that a problem becomes when it surfaces in the call at `site`. */
export const toError = ({ error, sentence, node, site: own }: Problem, site?: Site): FlaxenError =>
  new error(sentence, {
    node,
    site: own ?? site,
    appliedAt: own && site && !samePlace(own, site) ? site : undefined,
  });
