import { didYouMean, type Site } from "@flaxen/errors";
import type { z } from "zod";
import { ParameterError, UnknownOptionError } from "../nodes/errors.ts";
import { checkParameters, isPlain } from "../nodes/parameters.ts";
import { isProblem, toError } from "../nodes/problem.ts";

/**
 * Checks a user's options against their schema and fills in the defaults. Errors name `use` and the option.
 *
 * A misspelt option is told before the one that is missing because of it.
 */
export const checkOptions = <S extends z.ZodObject>(
  parameters: S,
  given: unknown,
  use: string,
  site?: Site | undefined,
): z.output<S> => {
  const known = Object.keys(parameters.shape);
  const unknown = isPlain(given) ? Object.keys(given).find((key) => !known.includes(key)) : undefined;
  if (unknown !== undefined)
    throw new UnknownOptionError(`${use} has no option "${unknown}".${didYouMean(unknown, known)}`, {
      node: use,
      site,
    });
  const outcome = checkParameters({ name: use, parameters }, given);
  if (isProblem(outcome)) throw toError(outcome, site);
  return outcome as z.output<S>;
};

/** An error about options that no schema can tell: `sentence` begins with `use`. */
export const optionError = (use: string, sentence: string, site?: Site | undefined): ParameterError =>
  new ParameterError(`${use}: ${sentence}`, { node: use, site });
