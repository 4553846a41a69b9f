import { FlaxenError } from "@flaxen/errors";

/** The other end of a connection does not speak the protocol, or refused a request. */
export class ProtocolError extends FlaxenError {
  static override readonly code: string = "protocol";
  /** The supervisor's own code of a refusal, "unknown-run" for one; undefined where the bytes themselves were wrong. */
  readonly refusal: string | undefined;

  constructor(message: string, options: { readonly refusal?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.refusal = options.refusal;
  }
}

/** The supervisor speaks another generation of the protocol. */
export class UnknownProtocolError extends FlaxenError {
  static override readonly code = "unknown-protocol";
  readonly found: string;

  constructor(found: string, expected: string) {
    super(
      `The supervisor speaks ${found}, this version of Flaxen speaks ${expected}. ` +
        "Attach with the version that started the supervisor, or update Flaxen.",
    );
    this.found = found;
  }
}

/** There is no way to the runner's machine and there will be none: trying again cannot help. */
export class TransportError extends FlaxenError {
  static override readonly code = "transport";

  /** @param where completes "The way to …" */
  constructor(where: string, why: string, cause?: unknown) {
    super(`The way to ${where} is closed for good: ${why}`, { cause });
  }
}
