import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FolderNotWritableError } from "../errors.ts";
import { temporaryFolder } from "../testing/programs.ts";
import { writeRunFolder } from "./run-folder.ts";

test("a place where nothing can be written is told with its path and what to do", async () => {
  const home = await temporaryFolder();
  await writeFile(join(home, "taken"), "a file");
  const root = join(home, "taken", "runs");
  const job = {
    program: { hash: "sha256:0", files: {}, entry: "train.py", environment: "base", sourceMap: [] },
    config: {},
    assets: [],
    document: "sha256:0",
    metrics: [],
    sites: {},
  };
  const by = { pid: 1, startTime: null, bootId: "", pidNamespace: null };
  const submission = { detached: false, maxSeconds: null, retries: 0, at: 0, by };
  await expect(writeRunFolder(root, "r_1", job, submission)).rejects.toSatisfy(
    (error) =>
      FolderNotWritableError.isInstance(error) &&
      error.folder === root &&
      error.message.startsWith(`Nothing can be written in ${root} (ENOTDIR). Choose another place: FLAXEN_HOME`),
  );
  expect(await readdir(home)).toEqual(["taken"]);
});
