/** A file like the one that was trained on: a table, CSV or Parquet; a text; a folder with a sub-folder for each class. */
export interface RowsFile {
  readonly path: string;
}

export const dataParts = ["train", "validation", "test"] as const;
/** Rows of the data that was trained on. */
export type DataPart = (typeof dataParts)[number];

/** How rows are scored. */
export interface EvaluateOptions {
  /** Ends it: nothing more is scored, and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called as rows are scored, several times a second: how many are done, and how many there are. */
  readonly onProgress?: ((done: number, rows: number) => void) | undefined;
}
