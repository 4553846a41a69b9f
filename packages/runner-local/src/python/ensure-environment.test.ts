import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EnvironmentError } from "@flaxen/runner";
import { afterEach, expect, test, vi } from "vitest";
import { local } from "../local.ts";
import { collect, jobOf, temporaryFolder } from "../testing/programs.ts";
import { ensureEnvironment } from "./ensure-environment.ts";
import { findPython } from "./find-python.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A folder with locks of an environment "bare" of no packages, the check that it has to pass, and an empty wheelhouse. */
const bareLocks = async () => {
  const folder = await temporaryFolder();
  for (const row of ["py311", "py312"]) await writeFile(join(folder, `bare-${row}.txt`), "# nothing\n");
  await writeFile(join(folder, "bare.check"), "import sys; assert sys.prefix != sys.base_prefix");
  vi.stubEnv("FLAXEN_LOCKS", folder);
  return folder;
};

test("a wheelhouse without wheels, and what is no package, are told in words", async () => {
  const home = await temporaryFolder();
  await bareLocks();
  await mkdir(join(home, "wheels"));
  const wheelhouse = join(home, "wheels");
  await expect(ensureEnvironment({ name: "bare", home, wheelhouse })).rejects.toSatisfy(
    (error) =>
      EnvironmentError.isInstance(error) && error.message.includes(`the wheelhouse ${wheelhouse} is no folder`),
  );
  await expect(ensureEnvironment({ name: "bare", home, packages: ["--pre"] })).rejects.toThrow(
    '"--pre" names no package: write a name and, better, its version, as in "einops==0.8.1".',
  );
  await expect(ensureEnvironment({ name: "bare", home, accelerator: "tpu" })).rejects.toThrow(
    'cannot compute on "tpu" here. Known: cpu',
  );
});

test("a run builds the environment that its runner describes, once, and a package that cannot be had ends it", async () => {
  await bareLocks();
  const folder = await temporaryFolder();
  const { executable: python } = await findPython();
  const home = join(folder, "home");
  const job = jobOf("result()");
  const bare = { ...job, program: { ...job.program, environment: "bare" } };
  const runner = local({ home, python, device: "cpu", warm: false });
  const run = await runner.submit(bare);
  const ready = (await collect(run)).find(({ type }) => type === "env.ready");
  expect(ready).toMatchObject({ built: true, environment: "bare" });
  expect((await run.result()).reason).toBe("completed");
  const built = (await readdir(join(home, "environments"))).filter((name) => !name.startsWith("."));
  expect(built).toHaveLength(1);
  expect(await runner.interpreter("bare")).toBe(join(home, "environments", built[0]!, "bin", "python"));

  const wheelhouse = join(folder, "wheels");
  await mkdir(wheelhouse);
  await writeFile(join(wheelhouse, "other-1.0-py3-none-any.whl"), "");
  const lacking = local({ home, python, packages: ["einops==0.8.1"], wheelhouse, warm: false });
  await expect((await lacking.submit(bare)).result()).rejects.toThrow("no package einops==0.8.1 can be found");
  expect((await readdir(join(home, "environments"))).filter((name) => !name.startsWith("."))).toEqual(built);
});
