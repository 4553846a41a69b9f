import { FlaxenError } from "@flaxen/errors";

/** A run's artifact is not what the run announced: its file was changed or cut where the run lies. */
export class ArtifactDamagedError extends FlaxenError {
  static override readonly code = "artifact-damaged";
  readonly artifact: string;

  /** @param found sha256 of the bytes that came */
  constructor(
    { run, name, sha256 }: { readonly run: string; readonly name: string; readonly sha256: string },
    found: string,
  ) {
    super(
      `"${name}" of run ${run} was changed or cut after the run wrote it: its sha256 is ${found}, ` +
        `the run announced ${sha256}. Start the run again to make it anew.`,
    );
    this.artifact = name;
  }
}
