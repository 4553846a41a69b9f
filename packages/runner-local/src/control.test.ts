import { rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { local } from "./local.ts";
import { collect, jobOf, plainRunner, until } from "./testing/programs.ts";

test("each request in the control folder is answered once, under its own id; a run that lives says so", async () => {
  const { runner } = await plainRunner();
  // The program tells every verb that reaches it, and ends well when it is asked to stop.
  const python = `
steps(0, 1.0)
time.sleep(60)`;
  const listening = jobOf(python);
  const worker = listening.program.files["flaxen/worker.py"]!;
  const files = {
    ...listening.program.files,
    "flaxen/worker.py": worker.replace(
      '        if json.loads(line)["verb"] == "cancel":\n            asked.set()\n',
      '        print("heard", line, flush=True)\n        result("stopped", step=1)\n        os._exit(0)\n',
    ),
  };
  expect(files["flaxen/worker.py"]).not.toBe(worker);
  const run = await runner.submit({ ...listening, program: { ...listening.program, files } });
  const put = async (file: string, text: string) => {
    await writeFile(join(run.folder, "control", `.${file}.part`), text);
    await rename(join(run.folder, "control", `.${file}.part`), join(run.folder, "control", `${file}.json`));
  };
  await until(run, ({ type }) => type === "heartbeat");
  await put("a", JSON.stringify({ id: "c_1", verb: "dance", arguments: {} }));
  await put("b", JSON.stringify({ id: "c_1", verb: "cancel", arguments: {} }));
  await put("c", "{");
  await put("d", JSON.stringify({ id: "c_2", verb: "stop", arguments: {} }));

  const events = await collect(run);
  const answers = events.flatMap((event) => (event.type === "control" ? [event] : []));
  expect(answers.map(({ request, verb, outcome }) => [request, verb, outcome])).toEqual([
    ["c_1", "dance", "unknown-verb"],
    ["c", "", "unknown-verb"],
    ["c_2", "stop", "accepted"],
  ]);
  const heard = events.flatMap((event) => (event.type === "log" && event.text.startsWith("heard") ? [event.text] : []));
  expect(heard).toEqual(['heard {"verb": "stop"}']);
  expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "stopped", step: 1 });
  const beats = events.flatMap((event) => (event.type === "heartbeat" ? [event.rss] : []));
  expect(beats.length).toBeGreaterThan(0);
  for (const bytes of beats) expect(bytes).toBeGreaterThan(1_000_000);
});

test("the runs' folders lie where they are told to", async () => {
  const { folder, home, runner } = await plainRunner();
  const interpreter = await runner.interpreter("base");
  const folderOf = async (options: object) => {
    const run = await local({ environment: interpreter, ...options }).submit(jobOf("result()"));
    await run.result();
    return dirname(run.folder);
  };
  expect(await folderOf({ home, root: join(folder, "elsewhere") })).toBe(join(folder, "elsewhere"));
  expect(await folderOf({ home })).toBe(join(home, "runs"));
  const before = process.env.FLAXEN_HOME;
  process.env.FLAXEN_HOME = join(folder, "another");
  try {
    expect(await folderOf({})).toBe(join(folder, "another", "runs"));
  } finally {
    if (before === undefined) delete process.env.FLAXEN_HOME;
    else process.env.FLAXEN_HOME = before;
  }
});
