import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { wireEvent } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect, test } from "vitest";

import { allGone, plainRunner, until } from "../testing/programs.ts";

const script = join(import.meta.dirname, "../testing/script.ts");
const python = `
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open("pids", "w") as file:
    file.write(f"{os.getppid()} {os.getpid()} {child.pid}")
i = 0
while True:
    steps(i, 1.0)
    i += 1
    time.sleep(0.0001)`;

const readEventually = async (path: string): Promise<string> => {
  for (;;) {
    const text = await readFile(path, "utf8").catch(() => "");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

for (const wait of [0, 137, 410])
  fault(4, "file")(
    `SIGKILL of the Node process ${wait} ms into training leaves no process and a readable log`,
    async () => {
      const node = spawn(process.execPath, ["--conditions=@flaxen/source", script, python], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [chunk] = (await once(node.stdout, "data")) as [Buffer];
      const folder = chunk.toString().trim();
      const pids = (await readEventually(join(folder, "program/pids"))).split(" ").map(Number);
      expect(pids).toHaveLength(3);
      await new Promise((resolve) => setTimeout(resolve, wait));
      node.kill("SIGKILL");
      expect(await allGone(pids, 2000)).toBe(true);

      const log = await readFile(join(folder, "attempt-1/events.jsonl"), "utf8");
      const events = log
        .slice(0, log.lastIndexOf("\n"))
        .split("\n")
        .map((line) => wireEvent.parse(JSON.parse(line)));
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
      expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "abandoned", events: events.length });
      expect(JSON.parse(await readFile(join(folder, "status.json"), "utf8"))).toMatchObject({ reason: "abandoned" });
    },
  );

test("Ctrl-C ends a script that only waits, and its run with it", async () => {
  const plain = await plainRunner();
  const script = join(import.meta.dirname, "../testing/submit.ts");
  const args = [join(plain.folder, "runs"), plain.home, "steps(0, 1.0)\ntime.sleep(60)"];
  const node = spawn(process.execPath, ["--conditions=@flaxen/source", script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(node.stdout, "data")) as [Buffer];
  const run = await plain.runner.attach((JSON.parse(chunk.toString()) as { id: string }).id);
  await until(run, ({ type }) => type === "step");
  expect(node.exitCode).toBe(null);
  const gone = once(node, "close");
  node.kill("SIGINT");
  expect(await gone).toEqual([null, "SIGINT"]);
  await expect(run.result()).rejects.toMatchObject({ code: "run-abandoned" });
});
