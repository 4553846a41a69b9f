import { FlaxenError } from "@flaxen/errors";
import { type CheckContext, openContext, type Scale } from "./context.ts";
import { randomOf } from "./random.ts";
import type { Capability, Create, Wishes } from "./subject.ts";

/** One thing that every runner promises. */
export interface Check {
  readonly name: string;
  /** What a runner must be able to do, for it to be checked. */
  readonly needs: readonly Capability[];
  readonly wishes?: Wishes | undefined;
  /** Seconds that it may take; 60 by default. A runner that hangs fails then. */
  readonly seconds?: ((scale: Scale) => number) | undefined;
  /** @throws ConformanceError, or what the runner itself threw, where it breaks the promise */
  run(context: CheckContext): Promise<void>;
}

export interface RunCheckOptions {
  readonly create: Create;
  /** Of everything that is left to chance. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** @defaultValue five seconds of 1,000 events, a backlog of 100,000 */
  readonly scale?: Partial<Scale> | undefined;
  /** Seconds that the check may take, instead of its own measure. */
  readonly seconds?: number | undefined;
  /** Ends the check, and clears up. */
  readonly signal?: AbortSignal | undefined;
}

/** A check was not over in time. */
export class CheckTimeoutError extends FlaxenError {
  static override readonly code = "check-timeout";

  constructor(check: string, seconds: number, report: string) {
    super(`"${check}" was not over within ${seconds} s. ${report}`);
  }
}

const shortScale: Scale = { seconds: 5, backlog: 100_000 };
/** Seconds that clearing up may take before it is left behind. */
const clearing = 15;

/**
 * Runs one check on a runner of its own, and clears up.
 *
 * @throws what the check throws; CheckTimeoutError, which says where the runs stand, when it is not over in time
 */
export const runCheck = async (check: Check, options: RunCheckOptions): Promise<void> => {
  const { create, seed = 1, signal } = options;
  const scale = { ...shortScale, ...options.scale };
  const seconds = options.seconds ?? check.seconds?.(scale) ?? 60;
  const subject = await create(check.wishes ?? {});
  const over = new AbortController();
  const context = openContext(subject, { random: randomOf(seed), scale, signal: over.signal });
  const running = check.run(context);
  running.catch(() => undefined);
  try {
    const late = () => new CheckTimeoutError(check.name, seconds, context.report());
    await within(signal ? Promise.race([running, aborted(signal)]) : running, seconds, late);
  } finally {
    over.abort();
    await within(subject.dispose(), clearing, () => new CheckTimeoutError("clearing up", clearing, context.report()));
  }
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

const within = async <T>(work: Promise<T>, seconds: number, late: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), seconds * 1000);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
};
