import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobOf, temporaryFolder } from "../conformance/programs.ts";
import type { Event } from "../events.ts";
import { runFromLog } from "../run-from-log.ts";
import { type Connection, reconnecting } from "./reconnecting.ts";
import { remoteRun } from "./remote-run.ts";

const python = process.env.FLAXEN_TEST_PYTHON ?? process.env.FLAXEN_PYTHON ?? "python3";
const supervisor = join(import.meta.dirname, "../../../../python");
const sockets = new Set<Socket>();
let root: string;
let daemon: { readonly socket: string; readonly pid: number; readonly identity: string };
let connection: Connection;

beforeAll(async () => {
  root = await temporaryFolder();
  const where = ["--root", join(root, "runs"), "--home", join(root, "home")];
  const { stdout } = await promisify(execFile)(python, ["-m", "flaxen_supervisor", "start", ...where], {
    cwd: supervisor,
    env: { ...process.env, FLAXEN_SUPERVISOR_IDLE: "5" },
  });
  daemon = JSON.parse(stdout);
  connection = reconnecting({
    connect: async () => {
      const socket = connect(daemon.socket);
      sockets.add(socket.on("close", () => sockets.delete(socket)));
      return socket;
    },
  });
});

afterAll(async () => {
  connection.close();
  process.kill(daemon.pid);
});

/** A run of the daemon's, its folder written as a runner does it. */
const submit = async (id: string, worker: string) => {
  const folder = join(root, "runs", id);
  const job = jobOf(worker);
  const { program, document, metrics, sites } = job;
  const { hash, entry, environment, sourceMap } = program;
  const described = {
    specification: 1,
    run: id,
    document,
    program: hash,
    entry,
    environment,
    metrics,
    sourceMap,
    sites,
  };
  const files = {
    ...Object.fromEntries(Object.entries(program.files).map(([path, text]) => [`program/${path}`, text])),
    "config.json": JSON.stringify(job.config),
    "job.json": JSON.stringify(described),
  };
  await mkdir(join(folder, "control"), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const { header } = await connection.request("submit", {
    ...{
      folder,
      interpreter: python,
      environment: { name: "base", packages: [], wheelhouse: null, accelerator: null },
    },
    ...{ detached: true, slots: null, variables: {}, device: null, maxSeconds: null, retries: 0, warm: false },
  });
  expect(header).toMatchObject({ run: id, attempt: 1 });
  const downloads = join(root, "downloads");
  return runFromLog(remoteRun(connection, { id, folder, origins: { sourceMap, sites }, downloads }));
};

const training = `
for i in range(3000):
    emit("log", stream="stdout", level="info", text="x" * 300, dropped=0)
    steps(i, i / 7)
    if i % 100 == 0:
        time.sleep(0.02)
folder = os.path.join(os.environ["FLAXEN_RUN"], "artifacts")
os.mkdir(folder)
with open(os.path.join(folder, "weights.safetensors"), "wb") as file:
    file.write(bytes(range(256)) * 8000)
result(step=3000, metrics={"loss": 1.0})
`;

test("a run of the Python supervisor is whole here, its connection cut again and again", async () => {
  const run = await submit("r_cut", training);
  const cutting = setInterval(() => {
    for (const socket of sockets) socket.destroy();
  }, 150);
  const events: Event[] = [];
  for await (const event of run) events.push(event);
  clearInterval(cutting);
  expect(events.every(({ seq }, index) => seq === index)).toBe(true);
  const steps = events.flatMap((event) => (event.type === "step" ? [event.metrics.loss] : []));
  expect(steps).toEqual(Array.from({ length: 3000 }, (_, i) => i / 7));
  const lines = (await readFile(join(run.folder, "attempt-1/events.jsonl"), "utf8")).trimEnd().split("\n");
  expect(events).toHaveLength(lines.length);

  const { artifacts } = await run.result();
  const weights = artifacts["weights.safetensors"]!;
  expect(weights.path).not.toContain(run.folder);
  const bytes = await readFile(weights.path);
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(weights.sha256);
  expect(bytes).toHaveLength(2_048_000);
});

test("a run of the Python supervisor is cancelled over the connection", async () => {
  const run = await submit("r_cancel", "steps(0, 1.0)\nasked.wait()\nresult('cancelled')");
  for await (const event of run) if (event.type === "step") break;
  expect(await run.cancel()).toBe("cancelled");
  const { header } = await connection.request("runs");
  expect(header.runs).toEqual(
    expect.arrayContaining([expect.objectContaining({ run: "r_cancel", state: "ended", reason: "cancelled" })]),
  );
});
