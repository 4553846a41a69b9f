import type { FlaxenError } from "@flaxen/errors";
import type { Ending } from "../ending.ts";
import type { Run } from "../runner.ts";
import { ConformanceError } from "./conformance-error.ts";
import type { CheckContext } from "./context.ts";

interface ErrorClass<E extends FlaxenError> {
  readonly code: string;
  readonly prototype: E;
  isInstance(value: unknown): boolean;
}

/** The error of that class that the work rejects with. @throws ConformanceError where it does anything else */
export const mustReject = async <E extends FlaxenError>(
  run: Pick<Run, "id">,
  work: () => Promise<unknown>,
  kind: ErrorClass<E>,
): Promise<E> => {
  let found: unknown;
  try {
    found = await work();
  } catch (error) {
    if (kind.isInstance(error)) return error as E;
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const what = "another error was thrown than the typed one";
    throw new ConformanceError({ run: run.id }, what, { expected: kind.code, found: name, cause: error });
  }
  throw new ConformanceError({ run: run.id }, "no error was thrown", { expected: kind.code, found });
};

/** @throws ConformanceError unless both are the same */
export const mustBe = (run: Pick<Run, "id">, what: string, found: unknown, expected: unknown): void => {
  if (!Object.is(found, expected)) throw new ConformanceError({ run: run.id }, what, { expected, found });
};

/** @throws ConformanceError unless it holds */
export const mustHold = (run: Pick<Run, "id">, what: string, holds: boolean): void => {
  if (!holds) throw new ConformanceError({ run: run.id }, what);
};

/** Reads the run to its end, which must be the only one and of that reason. */
export const mustEnd = async ({ readAll }: CheckContext, run: Run, ...reasons: readonly Ending[]): Promise<Ending> => {
  const last = (await readAll(run)).at(-1);
  const reason = last?.type === "run.ended" ? last.reason : undefined;
  if (reason === undefined || !reasons.includes(reason)) {
    throw new ConformanceError({ run: run.id }, "it has another ending", {
      expected: reasons.join(" or "),
      found: last,
    });
  }
  return reason;
};
