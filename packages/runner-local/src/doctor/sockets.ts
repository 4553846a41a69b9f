import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finding, finding } from "./finding.ts";
import { nearest } from "./nearest.ts";
import type { Patient } from "./patient.ts";

/** As the supervisor of detached runs counts: what every system takes. */
const longest = 100;
const name = ".supervisor-123456789012/socket";

/** Detached runs are spoken to through a Unix socket beside the runs; some network and shared folders carry none. */
export const examineSockets = async ({ root }: Patient): Promise<readonly Finding[]> => {
  const fits = Buffer.byteLength(join(root, name)) <= longest;
  const folder = fits ? await nearest(root) : tmpdir();
  const problem = await tryToListen(folder);
  if (problem === undefined) {
    const where = fits ? folder : `${folder}, because the path of ${root} is too long for one`;
    return [finding("sockets", "ok", `sockets of detached runs can lie in ${where}`)];
  }
  const advice =
    "Runs that end with their script work all the same. Choose a folder on a local disk: FLAXEN_HOME, or local({ root }).";
  return [
    finding("sockets", "warning", `no socket can be made in ${folder} (${problem}): no detached runs there`, advice),
  ];
};

const tryToListen = async (folder: string): Promise<string | undefined> => {
  let made: string | undefined;
  try {
    made = await mkdtemp(join(folder, ".fx-"));
    await listen(join(made, "s"));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  } finally {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  }
};

const listen = (path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(path, () => server.close(() => resolve()));
  });
