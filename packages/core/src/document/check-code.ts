import { FlaxenError } from "@flaxen/errors";
import type { ModelDocument, NodeDocument } from "./schema.ts";

/** A document carries Python of its own, and its reader did not allow that. */
export class CodeRefusedError extends FlaxenError {
  static override readonly code = "code-refused";
}

/** Throws where a model carries Python: what runs it runs whatever its author wrote. */
export const refuseCode = ({ nodes, blocks, heads }: ModelDocument): void => {
  const refusal = (what: string) =>
    new CodeRefusedError(
      `${what} carries Python of its own, which would run as it stands. Read it, and pass { allowCode: true } if you trust its author.`,
    );
  const refuse = (prefix: string, inner: readonly NodeDocument[]) => {
    const found = inner.find(({ type }) => type === "layer");
    if (found !== undefined) throw refusal(`node "${prefix}${found.id}"`);
  };
  refuse("", nodes);
  for (const [name, block] of Object.entries(blocks)) refuse(`${name}/`, block.nodes);
  for (const { name, params } of heads)
    for (const [what, value] of [["loss", params.loss] as const, ["metric", params.metrics] as const])
      if (carriesCode(value)) throw refusal(`a ${what} of head "${name}"`);
};

/** Whatever is no name, or list of names, may be a part of the user's own. */
const carriesCode = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(carriesCode) : typeof value === "object" && value !== null;
