import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { wireEvent } from "@flaxen/runner";
import { expect, test } from "vitest";
import { allGone } from "./testing/programs.ts";

const script = join(import.meta.dirname, "testing/script.ts");
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

test.each([0, 137, 410])(
  "SIGKILL of the Node process %i ms into training leaves no process and a readable log",
  async (wait) => {
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
