import { expect, test } from "vitest";
import type { LogCarrier } from "../log/carrier.ts";
import { runFromLog } from "../run-from-log.ts";
import type { Runner } from "../runner.ts";
import { openContext } from "./context.ts";
import { type Known, knownRun, sha256 } from "./known.ts";
import { randomOf } from "./random.ts";

const id = "r_known";

/** The log that a supervisor writes of a known run. */
const logOf = ({ job, printed, artifacts, ended }: Known): Buffer => {
  let log = "";
  let seq = 0;
  const write = (fields: string) => {
    log += `{"v":1,"run":"${id}","att":1,"seq":${seq},"t":${1_763_715_600_000 + seq * 13},"m":${seq * 13}.5,${fields}\n`;
    seq += 1;
  };
  const tell = (type: string, fields: object) => write(JSON.stringify({ type, ...fields }).slice(1));
  const { document, metrics, program } = job;
  tell("attempt.started", { pid: 4711, supervisor: "sha256:0", resumeFrom: null });
  tell("env.ready", { environment: program.environment, key: "given", built: false, seconds: 0 });
  tell("run.started", { document, program: program.hash, metrics });
  const script = job.config.script as readonly (readonly string[])[];
  for (const [kind, text = ""] of script) if (kind === "tell" && !text.includes('"_result"')) write(text.slice(1));
  for (const stream of ["stdout", "stderr"] as const) {
    for (const text of printed[stream]) tell("log", { stream, level: "info", text, dropped: 0 });
  }
  for (const { name, content } of artifacts) {
    tell("artifact", { name, sha256: sha256(content), bytes: content.length });
  }
  tell("attempt.ended", { exit: 0, signal: null, retry: false });
  const { type, ...end } = ended;
  tell(type, { ...end, events: seq + 1, bytes: Buffer.byteLength(log) });
  return Buffer.from(log);
};

const carrierOf = (bytes: Buffer): LogCarrier => ({
  open: async (attempt) => ({
    read: async (offset) => {
      const log = attempt === 1 ? bytes : Buffer.alloc(0);
      return { bytes: log.subarray(offset), size: log.length };
    },
    waitForGrowth: async () => undefined,
    close: async () => undefined,
  }),
  proveLife: async () => ({ alive: false, cause: "ended" }),
});

const runner: Runner = {
  specification: 1,
  name: "memory",
  submit: async () => {
    throw new Error("it only reads");
  },
};

/** Follows the run over a log of these bytes, as the checks do. */
const follow = async (known: Known, bytes: Buffer, truth: Buffer): Promise<number> => {
  const subject = { runner, dispose: async () => undefined, log: async () => truth };
  const scale = { seconds: 0, backlog: 0 };
  const context = openContext(subject, { random: randomOf(1), scale, signal: new AbortController().signal });
  const run = runFromLog({
    id,
    folder: "/nowhere",
    carrier: carrierOf(bytes),
    origins: { sourceMap: [], sites: {} },
    request: async () => undefined,
    artifactPath: async (name) => name,
  });
  return (await context.follow(run, known)).length;
};

const damages = {
  drop: (log: Buffer, at: number) => Buffer.concat([log.subarray(0, at), log.subarray(at + 1)]),
  double: (log: Buffer, at: number) => Buffer.concat([log.subarray(0, at + 1), log.subarray(at)]),
  swap: (log: Buffer, at: number) => {
    const swapped = Buffer.from(log);
    [swapped[at], swapped[at + 1]] = [log[at + 1]!, log[at]!];
    return swapped;
  },
};

const known = knownRun(7, { groups: 3 });
const log = logOf(known);

test("a whole log passes", async () => {
  const events = [...known.told()].length + known.artifacts.length + 5;
  const printed = known.printed.stdout.length + known.printed.stderr.length;
  expect(await follow(known, log, log)).toBe(events + printed);
});

test.each(["drop", "double", "swap"] as const)("%s of any one byte is rejected", async (how) => {
  const passed: string[] = [];
  // The last byte ends the last line: what is doubled behind it is no part of any event.
  for (let at = 0; at < log.length - 1; at++) {
    const bytes = damages[how](log, at);
    if (bytes.equals(log)) continue;
    const rejected = await follow(known, bytes, log).then(
      () => false,
      () => true,
    );
    if (!rejected) passed.push(`${at}: ${log.toString("utf8", Math.max(0, at - 20), at + 20)}`);
  }
  expect(passed).toEqual([]);
});
