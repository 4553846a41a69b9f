import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder that holds `flaxen_supervisor`: packed with this package, or where the workspace has it. */
export const supervisorSources = (): string => {
  const candidates = ["../python", "../../python", "../../../python", "../../../../python"];
  const folders = candidates.map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)));
  const found = folders.find((folder) => existsSync(`${folder}/flaxen_supervisor/__main__.py`));
  if (found === undefined)
    throw new Error(`The package is incomplete: flaxen_supervisor is in none of ${folders.join(", ")}.`);
  return found;
};
