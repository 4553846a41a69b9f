import type { DataDocument } from "../document/schema.ts";

interface Column {
  readonly column: string;
  readonly scaling?: string;
}

/** Head -> a column of its target that is scaled, where the data scales any. */
export const scaledTargets = ({ params }: DataDocument): ReadonlyMap<string, string> => {
  const { targets = {} } = params as { readonly targets?: Readonly<Record<string, unknown>> };
  return new Map(
    Object.entries(targets).flatMap(([head, given]) => {
      const scaled = (Array.isArray(given) ? given : [given]).find(isScaled);
      return scaled === undefined ? [] : [[head, scaled.column] as const];
    }),
  );
};

const isScaled = (given: Column | string): given is Column =>
  typeof given === "object" && given !== null && (given.scaling ?? "none") !== "none";
