import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect } from "vitest";
import { local } from "../local.ts";
import { findPython } from "../python/find-python.ts";
import { collect, jobOf, temporaryFolder } from "../testing/programs.ts";

/** What Python's processes of that environment take for the time: the file's days from now, looked up at every call. */
const otherClock = (file: string): string => `
import time
_time, _time_ns = time.time, time.time_ns

def _days():
    try:
        with open(${JSON.stringify(file)}) as file:
            return int(file.read() or 0)
    except (OSError, ValueError):
        return 0

time.time = lambda: _time() + _days() * 86_400
time.time_ns = lambda: _time_ns() + _days() * 86_400_000_000_000
`;

const skewedRunner = async () => {
  const folder = await temporaryFolder();
  const { executable } = await findPython();
  const environment = join(folder, "python");
  execFileSync(executable, ["-m", "venv", "--without-pip", environment]);
  const [version] = readdirSync(join(environment, "lib"));
  const clock = join(folder, "days");
  const packages = join(environment, "lib", version!, "site-packages");
  // Not sitecustomize: a system's own one would come before it.
  writeFileSync(join(packages, "other_clock.py"), otherClock(clock));
  writeFileSync(join(packages, "other_clock.pth"), "import other_clock\n");
  const python = join(environment, "bin/python");
  const runner = local({
    root: join(folder, "runs"),
    home: join(folder, "home"),
    python,
    environment: python,
    warm: false,
  });
  return { runner, clock };
};

for (const days of [-1, 1])
  fault(17, "file")(
    `a clock that is ${days} day off and then jumps changes no order, no duration, no ending`,
    async () => {
      const { runner, clock } = await skewedRunner();
      writeFileSync(clock, String(days));
      const python = `
for day in (${days}, ${-days}, 0):
    with open(${JSON.stringify(clock)}, "w") as file:
        file.write(str(day))
    for i in range(5):
        steps(5 * day + i, time.time())
        time.sleep(0.05)
result(step=15)`;
      const run = await runner.submit(jobOf(python), { maxSeconds: 60 });
      const events = await collect(run);
      expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "completed", step: 15 });
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));

      const wall = events.filter(({ type }) => type === "step").map(({ t }) => t);
      const day = 86_400_000;
      expect(Math.abs(wall[0]! - Date.now() - days * day)).toBeLessThan(60_000);
      expect(Math.abs(wall[9]! - wall[0]! + 2 * days * day)).toBeLessThan(60_000);
      const durations = events.map(({ m }) => m);
      expect(durations).toEqual(durations.toSorted((a, b) => a - b));
      expect(durations.at(-1)).toBeLessThan(30_000);
      expect((await run.result()).seconds).toBeLessThan(30);
      expect((await runner.runs()).map(({ state }) => state)).toEqual(["ended"]);
    },
  );

fault(17, "file")("what proves a supervisor alive is no time of day", async () => {
  const { runner, clock } = await skewedRunner();
  const run = await runner.submit(jobOf("steps(0, 1.0)\nasked.wait()\nresult('cancelled', step=1)"));
  for await (const event of run) if (event.type === "step") break;
  writeFileSync(clock, "365");
  expect((await runner.runs()).map(({ state }) => state)).toEqual(["running"]);
  const other = await runner.attach(run.id);
  expect(await other.cancel()).toBe("cancelled");
});
