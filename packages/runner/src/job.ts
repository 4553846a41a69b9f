import type { Site } from "@flaxen/errors";

/** A stretch of an emitted file and the node that it was printed for. Lines count from 1, columns from 0, as in Python. */
export interface SourceRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The node's id; `block/id` inside a block; the head's name for a head. */
  readonly node: string;
}

/** Python files that may be reused by many jobs: no value that may change between two runs stands in them. */
export interface Program {
  /** `sha256:…` of the files and the environment's name: which warm worker can run it. */
  readonly hash: string;
  /** Path inside the program's folder -> text. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that is run. */
  readonly entry: string;
  /** Which of the named Python environments it needs. */
  readonly environment: string;
  readonly sourceMap: readonly SourceRange[];
}

/** Data by content: bytes that were made in TypeScript, or a file that is already on a disk. */
export type Asset =
  | { readonly name: string; readonly sha256: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly path: string };

/** All that a runner needs, and all that it knows: it never sees a graph. */
export interface Job {
  readonly program: Program;
  /** Every value that may change without changing the program; JSON. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Placed as `assets/<name>` in the run's folder. */
  readonly assets: readonly Asset[];
  /** `sha256:…` of the experiment document. */
  readonly document: string;
  /** Names of the metrics that the run will report, in order. */
  readonly metrics: readonly string[];
  /** Node -> the call in the user's TypeScript that made it. */
  readonly sites: Readonly<Record<string, Site>>;
  /** The call in the user's TypeScript that named the data. */
  readonly dataSite?: Site | undefined;
}
