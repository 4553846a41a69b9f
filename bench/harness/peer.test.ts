import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPeer } from "./peer.ts";

const python = process.env.FLAXEN_TEST_PYTHON ?? "python3";
const peers = join(import.meta.dirname, "..", "peers");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bench-peer-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A peer whose `train` has this body. */
const start = async (name: string, body: string, onLog: (text: string) => void = () => {}) => {
  const script = join(folder, `${name}.py`);
  const lines = ["from protocol import Marks, serve", "def train(epochs):", ...body.split("\n").map((l) => `    ${l}`)];
  await writeFile(script, [...lines, 'serve("Test 1.0", {"default": train})', ""].join("\n"));
  return startPeer({ python, script, environment: { PYTHONPATH: peers }, onLog });
};

test("a peer trains as often as it is asked to, whatever it prints", async () => {
  const logged: string[] = [];
  const body = `print('{"marks": "of a library"}', flush=True)
marks = Marks()
for _ in range(epochs):
    marks.add(56)
return marks, f"{epochs} epochs"`;
  await using peer = await start("counting", body, (text) => logged.push(text));
  expect(peer.name).toBe("Test 1.0");
  for (const epochs of [2, 3]) {
    const { marks, setting } = await peer.train("default", epochs);
    expect(setting).toBe(`${epochs} epochs`);
    expect(marks.map(({ step }) => step)).toEqual([0, 56, 112, 168].slice(0, epochs + 1));
    expect(marks.every(({ seconds }, i) => i === 0 || seconds >= (marks[i - 1]?.seconds ?? 0))).toBe(true);
  }
  expect(logged).toContain('{"marks": "of a library"}');
});

test("an exception arrives with its traceback, and the peer lives on", async () => {
  await using peer = await start(
    "failing",
    'if epochs == 1:\n    raise ValueError("no such data")\nreturn Marks(), ""',
  );
  await expect(peer.train("default", 1)).rejects.toThrow(/failing\.py failed:[\s\S]*ValueError: no such data/);
  expect((await peer.train("default", 2)).marks).toHaveLength(1);
});

test("a peer that dies says why", async () => {
  await using peer = await start(
    "dying",
    'import os, sys\nprint("out of memory", file=sys.stderr, flush=True)\nos._exit(7)',
  );
  await expect(peer.train("default", 1)).rejects.toThrow(/dying\.py ended \(exit code 7\):\nout of memory/);
});

test("a peer that never comes up says why", async () => {
  const script = join(folder, "broken.py");
  await writeFile(script, "import a_module_that_nobody_has\n");
  await expect(startPeer({ python, script })).rejects.toThrow(/broken\.py ended[\s\S]*ModuleNotFoundError/);
});
