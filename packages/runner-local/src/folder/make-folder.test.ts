import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FolderNotWritableError } from "../errors.ts";
import { local } from "../local.ts";
import { jobOf, plainRunner, temporaryFolder } from "../testing/programs.ts";
import { makeFolder } from "./make-folder.ts";

test("a folder is made with those above it, also by several at once", async () => {
  const folder = join(await temporaryFolder(), "a/b/c");
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(folder)]);
  await makeFolder(folder);
  await writeFile(join(folder, "file"), "");
});

test.runIf(process.platform === "linux")("a home in a place without folders of one's own is told at once", async () => {
  const { runner } = await plainRunner();
  const home = "/proc/nohome/.flaxen";
  const elsewhere = local({ home, environment: await runner.interpreter("base") });
  const started = performance.now();
  await expect(elsewhere.submit(jobOf("result()"))).rejects.toSatisfy(
    (error) => FolderNotWritableError.isInstance(error) && error.folder === join(home, "runs"),
  );
  expect(performance.now() - started).toBeLessThan(1_000);
});
