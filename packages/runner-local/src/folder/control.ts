import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Puts a request into a run's control inbox, whole. Asked for again it has the same id, and does nothing. */
export const writeRequest = async (folder: string, verb: "cancel"): Promise<void> => {
  const control = join(folder, "control");
  const part = join(control, `.${verb}-${process.pid}.part`);
  await writeFile(part, `${JSON.stringify({ id: `c_${verb}`, verb, arguments: {} })}\n`);
  await rename(part, join(control, `c_${verb}.json`));
};
