import type { Site } from "@flaxen/errors";
import { RunnerOptionError } from "../errors.ts";
import { type Checks, checkOptions, count, must, text, truth } from "./check.ts";

export interface LocalOptions {
  /**
   * Folder of the runs' folders, on a disk of this machine: whether a run lives cannot be told from another one.
   *
   * @defaultValue `<home>/runs`
   */
  readonly root?: string | undefined;
  /** Folder of environments and caches; `FLAXEN_HOME` or `~/.flaxen` by default. */
  readonly home?: string | undefined;
  /** The interpreter that environments are made with; `FLAXEN_PYTHON` or the newest found by default. */
  readonly python?: string | undefined;
  /** A Python environment of your own, its folder or its interpreter: used as it is, nothing is built. */
  readonly environment?: string | undefined;
  /** Packages of your own beside those of the named environment: `["scipy==1.16.3"]`. They make one environment more. */
  readonly packages?: readonly string[] | undefined;
  /** A folder of wheels: environments are built from it alone, without the network. */
  readonly wheelhouse?: string | undefined;
  /** What must be trained on; a run that finds another kind of device ends at once. Whatever JAX finds, by default. */
  readonly device?: "cpu" | "gpu" | undefined;
  /** How many runs may train at once; the others wait. One a GPU, else half as many as there are cores, by default. */
  readonly slots?: number | undefined;
  /** Whether a worker stays for the next run of its program, and another one waits for the next program. @defaultValue true */
  readonly warm?: boolean | undefined;
}

/** What begins with a dash would be an option of the installer. */
const isRequirement = (value: unknown): boolean => typeof value === "string" && /^[A-Za-z0-9]/.test(value);

const checks: Checks<LocalOptions> = {
  root: text("a folder's path"),
  home: text("a folder's path"),
  python: text("an interpreter's path or name"),
  environment: text("the path of an environment or of its interpreter"),
  packages: must(
    'a list of requirements such as ["scipy==1.16.3"]',
    (value) => Array.isArray(value) && value.every(isRequirement),
  ),
  wheelhouse: text("a folder's path"),
  device: must('"cpu" or "gpu"', (value) => value === "cpu" || value === "gpu"),
  slots: count(1),
  warm: truth,
};

/** @throws RunnerOptionError */
export const checkLocalOptions = (options: LocalOptions, site: Site | undefined): LocalOptions => {
  checkOptions("local", options, checks, site);
  const idle = (["packages", "wheelhouse"] as const).find((name) => options[name] !== undefined);
  if (options.environment !== undefined && idle !== undefined) {
    const message = `local: ${idle} does nothing beside environment, which is used as it is. Leave one of the two out.`;
    throw new RunnerOptionError(message, { site });
  }
  return options;
};
