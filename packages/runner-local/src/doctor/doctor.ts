import { join, resolve } from "node:path";
import { flaxenHome } from "../home.ts";
import { examineDevices } from "./devices.ts";
import { examineDisk } from "./disk.ts";
import { examineDriver } from "./driver.ts";
import { examineEnvironments } from "./environments.ts";
import { type Finding, finding } from "./finding.ts";
import { examineFolders } from "./folders.ts";
import { type FoundEnvironment, findEnvironment } from "./found-environment.ts";
import { examineMemory } from "./memory.ts";
import { examineNode } from "./node.ts";
import type { Patient } from "./patient.ts";
import { examinePython } from "./python.ts";
import { examineSockets } from "./sockets.ts";
import { within } from "./within.ts";

export interface DoctorOptions {
  /** Folder of environments and caches; `FLAXEN_HOME` or `~/.flaxen` by default. */
  readonly home?: string | undefined;
  /** Folder of the runs' folders; `<home>/runs` by default. */
  readonly root?: string | undefined;
  /** The interpreter that environments are made with; `FLAXEN_PYTHON` or the newest found by default. */
  readonly python?: string | undefined;
  /** The longest that one look may take, in milliseconds. @defaultValue 60_000 */
  readonly patience?: number | undefined;
}

export interface Diagnosis {
  /** No problem was found; there may be warnings. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

type Examine = (patient: Patient) => Promise<readonly Finding[]>;

const examinations: Readonly<Record<string, Examine>> = {
  node: examineNode,
  python: examinePython,
  environments: examineEnvironments,
  driver: examineDriver,
  devices: examineDevices,
  memory: examineMemory,
  folders: examineFolders,
  disk: examineDisk,
  sockets: examineSockets,
};

/**
 * Looks at everything that training on this machine needs. Installs and builds nothing, works where nothing is installed,
 * and never throws: what could not be looked at is a warning of its own.
 */
export const doctor = async (options: DoctorOptions = {}): Promise<Diagnosis> => {
  const { python, patience = 60_000 } = options;
  const home = flaxenHome(options.home);
  let environment: Promise<FoundEnvironment | undefined> | undefined;
  const patient: Patient = {
    home,
    root: resolve(options.root ?? join(home, "runs")),
    python,
    patience,
    environment: () => (environment ??= findEnvironment(home, python, patience)),
  };
  const examined = await Promise.all(
    Object.entries(examinations).map(([topic, examine]) =>
      within(patience, examine(patient)).catch((error: Error) => [
        finding(topic, "warning", `could not be looked at: ${error.message}`),
      ]),
    ),
  );
  const findings = examined.flat();
  return { ok: findings.every(({ verdict }) => verdict !== "problem"), findings };
};
