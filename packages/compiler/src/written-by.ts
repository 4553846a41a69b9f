import { version } from "./runtime/files.generated.ts";

/** The first line of an emitted file. */
export const writtenBy = `# Written by Flaxen ${version}. Yours to change.`;
