/** Where a command speaks. */
export interface Terminal {
  /** Version of the package. */
  readonly version: string;
  /** Writes a line, or several, to stdout. */
  readonly out: (text: string) => void;
  /** Writes a line, or several, to stderr. */
  readonly error: (text: string) => void;
  /** Whether stdout shows colours. */
  readonly color: boolean;
}
