import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seenAt } from "./testing/screen.ts";

const python = process.env.FLAXEN_TEST_PYTHON ?? "python3";
/** A sequence that is neither "erase to the end of the line" nor a colour. */
const unexpected = new RegExp(`${"\x1b"}(?!\\[K|\\[3[0-9]m)`);
const color = new RegExp(`${"\x1b"}\\[[0-9;]*m`);
const testing = join(import.meta.dirname, "testing");

/** Shows the story in a terminal of that width; `actions`: see terminal.py. */
const session = (columns: number, args: readonly string[], actions = "", variables: NodeJS.ProcessEnv = {}) =>
  new Promise<{ exit: number; sent: string; seen: readonly string[] }>((resolve, reject) => {
    const { CI: _ci, NO_COLOR: _no, FORCE_COLOR: _force, FLAXEN_PROGRESS: _wish, ...inherited } = process.env;
    const env = { ...inherited, TERM: "xterm-256color", ...variables };
    const show = [process.execPath, "--conditions=@flaxen/source", join(testing, "show.ts"), ...args];
    const command = [join(testing, "terminal.py"), String(columns), ...show];
    const child = execFile(python, command, { env, timeout: 30_000 }, (error, stdout) => {
      if (error) return reject(error);
      const at = stdout.lastIndexOf("\n");
      const { exit } = JSON.parse(stdout.slice(at)) as { exit: number };
      const sent = stdout.slice(0, at);
      resolve({ exit, sent, seen: seenAt(columns, sent) });
    });
    child.stdin!.end(actions);
  });

test.each([40, 80, 120])("in a terminal of %i columns only whole lines stay, in order", async (columns) => {
  const { exit, seen, sent } = await session(columns, ["4"]);
  expect(exit).toBe(0);
  const epoch = "epoch 1/2  loss 0.5000  accuracy 0.5000  val/loss 0.4000  2.0 s";
  const wrapped = (text: string) => text.match(new RegExp(`.{1,${columns}}`, "g"))!.map((line) => line.trimEnd());
  expect(seen).toEqual([
    "mine: before",
    "python: careful:  注意",
    ...wrapped(epoch),
    ...wrapped("attempt 1 ended (SIGKILL); starting again"),
    ...wrapped("test  loss 0.1250  accuracy 0.7500  1.5 s"),
    ...wrapped("completed  200 steps  loss 0.2500  accuracy 0.7500  1:02"),
    "mine: after",
    "",
  ]);
  expect(sent).not.toMatch(unexpected);
});

test.each([
  [40, /^step \d+\/200 {2}loss 0\.5000 {2}0:\d\d left$/],
  [80, /^epoch 1\/2 {2}step \d+\/200 {2}loss 0\.5000 {2}accuracy 0\.5000 {2}50\.0 steps\/s {2}0:\d\d left$/],
  [120, /^epoch 1\/2 {2}step \d+\/200 {2}loss 0\.5000 {2}accuracy 0\.5000 {2}50\.0 steps\/s {2}0:\d\d left$/],
])("the live line of %i columns says what there is room for, and never wraps", async (columns, line) => {
  const { sent } = await session(columns, ["4"]);
  const frames = sent.split(/\r(?!\n)/).map((frame) => frame.split("\x1b[K")[0]!);
  expect(frames.some((frame) => line.test(frame))).toBe(true);
  const live = frames.filter((frame) => !frame.includes("\n"));
  expect(live.length).toBeGreaterThan(4);
  for (const frame of live) expect(seenAt(columns - 1, frame)).toHaveLength(1);
});

test("a window that becomes narrower gets a line that fits it", async () => {
  const actions = "wait steps/s\ncolumns 30\n";
  const { sent } = await session(120, ["10"], actions);
  const frames = sent.split(/\r(?!\n)/).map((frame) => frame.split("\x1b[K")[0]!);
  expect(frames).toContainEqual(expect.stringMatching(/^step \d+\/200 {2}loss 0\.5000$/));
});

test.each([
  [
    "throw",
    0,
    ["Run r_1 is lost: the supervisor ended (SIGKILL)", "mine: Run r_1 is lost: the supervisor ended (SIGKILL)"],
  ],
  ["exit", 7, []],
])("a run whose end is %s leaves a clean line", async (ending, code, after) => {
  const { exit, seen } = await session(100, ["4", ending]);
  expect(exit).toBe(code);
  const epoch = seen.findIndex((line) => line.startsWith("epoch 1/2  loss"));
  expect(seen.slice(epoch + 1, epoch + 2 + after.length)).toEqual([
    ...after,
    ...(after.length > 0 ? ["mine: after"] : [""]),
  ]);
});

test("an uncaught error is printed on a line of its own", async () => {
  const { exit, seen } = await session(100, ["4", "crash"]);
  expect(exit).toBe(1);
  expect(seen.join("\n")).toMatch(/2\.0 s\n<anonymous_script>:1\n/);
  expect(seen.join("\n")).not.toMatch(/left.*SyntaxError/);
});

test.each([2, 15])("signal %i ends the script as if nobody had listened, the line clean", async (signal) => {
  const { exit, seen } = await session(100, ["4", "wait"], `wait 2.0 s\nsignal ${signal}\n`);
  expect(exit).toBe(-signal);
  expect(seen.at(-1)).toBe("");
  expect(seen.at(-2)).toMatch(/2\.0 s$/);
});

test.each([
  ["CI", { CI: "true" }],
  ["TERM", { TERM: "dumb" }],
  ["FLAXEN_PROGRESS", { FLAXEN_PROGRESS: "plain" }],
])("%s makes a terminal's output plain", async (_, variables) => {
  const { sent, seen } = await session(200, ["0"], "", variables);
  expect(sent).not.toContain("\x1b");
  expect(sent).not.toMatch(/\r(?!\n)/);
  expect(seen).toContain("completed  200 steps  loss 0.2500  accuracy 0.7500  1:02");
});

test("colours follow NO_COLOR and FORCE_COLOR", async () => {
  const [colored, none, forced] = await Promise.all([
    session(80, ["0"]),
    session(80, ["0"], "", { NO_COLOR: "1" }),
    session(80, ["0"], "", { CI: "1", FORCE_COLOR: "1" }),
  ]);
  expect(colored.sent).toContain("\x1b[32mcompleted");
  expect(none.sent).not.toMatch(color);
  expect(forced.sent).toContain("\x1b[32mcompleted");
  expect(forced.sent).not.toContain("\x1b[K");
});
