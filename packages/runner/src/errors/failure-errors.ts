import { FlaxenError, type Site } from "@flaxen/errors";
import type { Failure } from "../events.ts";
import type { Job } from "../job.ts";
import { locateFailure } from "../source-map.ts";

/** What leads from a Python frame back to the user's TypeScript. */
export interface Origins {
  readonly sourceMap: Job["program"]["sourceMap"];
  readonly sites: Job["sites"];
  readonly dataSite?: Job["dataSite"];
}

interface Located {
  readonly node: string | undefined;
  readonly site: Site | undefined;
}

/** Python raised an exception that nobody foresaw, or its process died. */
export class RunFailedError extends FlaxenError {
  static override readonly code = "run-failed";
  readonly failure: Failure;
  /** The node of the graph whose Python failed, when it is known. */
  readonly node: string | undefined;

  constructor(failure: Failure, { node, site }: Located) {
    const where = node === undefined ? "" : ` in node "${node}"`;
    super(`Python failed${where}: ${lead(failure)}`, { site, detail: `\n${failure.traceback.trimEnd()}` });
    this.failure = failure;
    this.node = node;
  }
}

/** The loss became NaN or infinite; `node` is the first one whose output did, when it could be found. */
export class NonFiniteLossError extends FlaxenError {
  static override readonly code = "non-finite-loss";
  readonly failure: Failure;
  readonly node: string | undefined;
  readonly step: number | undefined;

  constructor(failure: Failure, { node, site }: Located) {
    const where = node === undefined ? "" : ` It began in node "${node}".`;
    super(`${failure.message.replace(/\.?$/, ".")}${where}`, { site, detail: `\n${failure.traceback.trimEnd()}` });
    this.failure = failure;
    this.node = node;
    this.step = typeof failure.data.step === "number" ? failure.data.step : undefined;
  }
}

const dataMarker = Symbol.for("flaxen.error.data");

/** The data does not fit the model. `code` says how ("label-out-of-range", "unknown-column" …), `facts` has the numbers. */
export class DataError extends FlaxenError {
  static override readonly code = "data";
  override readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor({ code, message, data }: Pick<Failure, "code" | "message" | "data">, site?: Site) {
    super(message, { site });
    this.code = code;
    this.facts = data;
    Object.defineProperty(this, dataMarker, { value: true });
  }

  static override isInstance<C extends { readonly code: string; readonly prototype: FlaxenError }>(
    this: C,
    value: unknown,
  ): value is C["prototype"] {
    return typeof value === "object" && value !== null && dataMarker in value;
  }
}

/** The typed error for what Python reported. */
export const fromFailure = (failure: Failure, origins: Origins): RunFailedError | NonFiniteLossError | DataError => {
  const node = locateFailure(origins.sourceMap, failure.frames)?.node ?? named(failure.data.node, origins);
  const site = node === undefined ? undefined : origins.sites[node];
  if (failure.code === "non-finite-loss") return new NonFiniteLossError(failure, { node, site });
  if (failure.type === "DataError") return new DataError(failure, site ?? origins.dataSite);
  return new RunFailedError(failure, { node, site });
};

const named = (node: unknown, { sites }: Origins): string | undefined =>
  typeof node === "string" && node in sites ? node : undefined;

const lead = ({ type, message }: Failure): string => (message === "" ? type : `${type}: ${message}`);
