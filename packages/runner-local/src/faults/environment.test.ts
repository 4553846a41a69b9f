import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect, vi } from "vitest";
import { local } from "../local.ts";
import { allGone, jobOf, temporaryFolder, until } from "../testing/programs.ts";

const rows = ["py311", "py312"];

/** An environment "tiny" without packages, whose check lasts for as long as a file is there. */
const tinyEnvironment = async () => {
  const folder = await temporaryFolder();
  const [locks, hold, home] = ["locks", "hold", "home"].map((name) => join(folder, name)) as [string, string, string];
  await mkdir(locks);
  const lock = (text: string) => Promise.all(rows.map((row) => writeFile(join(locks, `tiny-${row}.txt`), text)));
  await lock("# no packages\n");
  const check = `import pathlib, time\nwhile pathlib.Path(${JSON.stringify(hold)}).exists(): time.sleep(0.02)\n`;
  await writeFile(join(locks, "tiny.check"), check);
  vi.stubEnv("FLAXEN_LOCKS", locks);
  const runner = local({ root: join(folder, "runs"), home, warm: false, device: "cpu" });
  const job = jobOf("result()");
  return {
    folder,
    lock,
    hold: { set: () => writeFile(hold, ""), release: () => rm(hold) },
    submit: () => runner.submit({ ...job, program: { ...job.program, environment: "tiny" } }),
    environments: async () => {
      const names = await readdir(join(home, "environments"));
      return names.filter((name) => !name.endsWith(".lock")).sort();
    },
    built: (name: string) => stat(join(home, "environments", name)),
  };
};

/** Processes that stand in a line of `/proc` with that text in their command. */
const working = async (sign: string): Promise<readonly number[]> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const commands = await Promise.all(
    pids.map(async (pid) => [pid, await readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "")] as const),
  );
  return commands.filter(([pid, command]) => pid !== process.pid && command.includes(sign)).map(([pid]) => pid);
};

const checking = (run: Run) =>
  until(run, (event) => event.type === "env.progress" && event.text.startsWith("Checking that everything"));

fault(32, "file")(
  "a build that is killed half-way is made anew by the next run; what stood is not touched",
  async () => {
    const tiny = await tinyEnvironment();
    expect((await (await tiny.submit()).result()).reason).toBe("completed");
    const [ready] = await tiny.environments();
    const before = await tiny.built(ready!);

    await tiny.lock("# no packages, changed\n");
    await tiny.hold.set();
    const killed = await tiny.submit();
    await checking(killed);
    const pids = await working("flaxen_supervisor.environment");
    const builder = (await working(join(tiny.folder, "home"))).filter((pid) => pids.includes(pid));
    expect(builder.length).toBeGreaterThan(0);
    for (const pid of builder) process.kill(pid, "SIGKILL");
    await expect(killed.result()).rejects.toMatchObject({ code: "env-failed" });
    expect(await allGone(await working(join(tiny.folder, "home/environments")), 3000)).toBe(true);
    await tiny.hold.release();

    const again = await tiny.submit();
    const built = await until(again, ({ type }) => type === "env.ready");
    expect(built).toMatchObject({ built: true });
    expect((await again.result()).reason).toBe("completed");
    const names = await tiny.environments();
    expect(names).toHaveLength(2);
    expect(names).toContain(ready);
    const after = await tiny.built(ready!);
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  },
);
