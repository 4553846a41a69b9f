import { createHash } from "node:crypto";
import type { Job } from "../job.ts";
import { jobOf } from "./programs.ts";
import { type Random, randomOf } from "./random.ts";

/** An event without its envelope. */
export type Told = Readonly<Record<string, unknown>> & { readonly type: string };

/** A job, and all that its run will tell, known before it starts. */
export interface Known {
  readonly job: Job;
  /** What the program tells, as a consumer sees it, in order. */
  told(): Iterable<Told>;
  /** What the program prints, in the order of each stream. */
  readonly printed: { readonly stdout: readonly string[]; readonly stderr: readonly string[] };
  readonly artifacts: readonly { readonly name: string; readonly content: Uint8Array }[];
  /** Fields of `run.ended`. */
  readonly ended: Told;
}

/** Reads its lines from the run's configuration and repeats them: raw events, prints, pauses and files. */
const reciter = `
fd = int(os.environ["FLAXEN_EVENTS_FD"])
for kind, *rest in json.load(open("../config.json", encoding="utf-8"))["script"]:
    if kind == "tell":
        os.write(fd, rest[0].encode() + b"\\n")
    elif kind == "print":
        os.write(1 if rest[0] == "stdout" else 2, rest[1].encode() + b"\\n")
    elif kind == "pause":
        time.sleep(rest[0])
    else:
        path = os.path.join(os.environ["FLAXEN_RUN"], "artifacts", rest[0])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(bytes.fromhex(rest[1]))
`;

type Line = readonly [kind: string, ...rest: readonly (string | number)[]];
/** A number as JSON has it, and as it arrives. */
type Value = readonly [text: string, value: number];

const odd: readonly [Value, ...Value[]] = [
  ['"NaN"', Number.NaN],
  ['"Infinity"', Number.POSITIVE_INFINITY],
  ['"-Infinity"', Number.NEGATIVE_INFINITY],
  ["-0.0", -0],
  ["9007199254740993", 9_007_199_254_740_992],
  ["1e308", 1e308],
  ["5e-324", 5e-324],
  ["0.1", 0.1],
];
const texts: readonly [string, ...string[]] = ["plain", "grüße", "学習", 'a\tb "c" \\d', "😀", "x".repeat(300)];

/**
 * A run of about 10 kB of log: every kind of event that a program may tell, odd numbers, other scripts, an event that this
 * version does not know, prints and artifacts; all chosen by the seed.
 *
 * @param pause seconds between two groups of lines
 */
export const knownRun = (seed: number, { groups = 24, pause = 0 } = {}): Known => {
  const random = randomOf(seed);
  const told: Told[] = [];
  const script: Line[] = [];
  const printed = { stdout: [] as string[], stderr: [] as string[] };
  let step = 0;

  const tell = (event: Told) => {
    told.push(event);
    const raw = event.type === "other" ? { type: event.name, ...(event.data as object) } : event;
    script.push(["tell", JSON.stringify(raw)]);
  };
  const print = (stream: "stdout" | "stderr", text: string) => {
    printed[stream].push(text);
    script.push(["print", stream, text]);
  };

  tell({ type: "device.info", backend: "cpu", devices: ["cpu:0"], jax: "0", warm: false });
  for (let group = 0; group < groups; group++) {
    const rows = Array.from(
      { length: random.between(1, 6) },
      () => [randomValue(random), randomValue(random)] as const,
    );
    for (const [offset, [loss, other]] of rows.entries()) {
      told.push({ type: "step", step: step + offset, metrics: { loss: loss[1], "täg/loss": other[1] } });
    }
    const column = (which: 0 | 1) => rows.map((row) => row[which][0]).join(",");
    const metrics = `{"loss":[${column(0)}],"täg/loss":[${column(1)}]}`;
    script.push(["tell", `{"type":"steps","first":${step},"count":${rows.length},"metrics":${metrics}}`]);
    step += rows.length;
    tell(other(random, group, step));
    if (group % 6 === 0) print(random.pick(["stdout", "stderr"]), `line ${group} ${random.pick(texts)}`);
    if (pause > 0) script.push(["pause", pause]);
  }

  const artifacts = ["a.bin", "deep/er/b.bin", "empty.bin", "weights.safetensors"].map((name) => {
    const size = name === "empty.bin" ? 0 : random.between(1, 3_000);
    return { name, content: Uint8Array.from({ length: size }, () => random.between(0, 255)) };
  });
  for (const { name, content } of artifacts) script.push(["file", name, Buffer.from(content).toString("hex")]);
  const end = { reason: "completed", step, epoch: groups, bestEpoch: 1, metrics: { loss: 0.25 } };
  script.push(["tell", JSON.stringify({ type: "_result", ...end })]);
  return {
    job: jobOf(reciter, { config: { script, seed } }),
    told: () => told,
    printed,
    artifacts,
    ended: { type: "run.ended", ...end, failure: null },
  };
};

/** The value that `countingRun` reports for a step: a fraction that both languages hold exactly. */
export const countedLoss = (step: number): number => ((step * 2_654_435_761) % 4_294_967_296) / 65_536;

export interface Counting {
  readonly steps: number;
  /** Steps a line; 1 by default. */
  readonly batch?: number | undefined;
  /** Lines a second; as many as go by default. */
  readonly rate?: number | undefined;
}

/** A run of many steps, with known values that need no room. */
export const countingRun = ({ steps, batch = 1, rate = 0 }: Counting): Known => {
  const python = `
steps_, batch, rate = ${steps}, ${batch}, ${rate}
began = time.monotonic()
for line, first in enumerate(range(0, steps_, batch)):
    steps(first, *(((i * 2654435761) % 4294967296) / 65536 for i in range(first, min(first + batch, steps_))))
    if rate:
        time.sleep(max(0, began + (line + 1) / rate - time.monotonic()))
result(step=steps_)
`;
  return {
    job: jobOf(python),
    *told() {
      for (let step = 0; step < steps; step++) yield { type: "step", step, metrics: { loss: countedLoss(step) } };
    },
    printed: { stdout: [], stderr: [] },
    artifacts: [],
    ended: {
      type: "run.ended",
      reason: "completed",
      step: steps,
      epoch: 0,
      bestEpoch: null,
      metrics: {},
      failure: null,
    },
  };
};

export const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

const randomValue = (random: Random): Value => {
  if (random() < 0.2) return random.pick(odd);
  const value = (random() - 0.5) * 10 ** random.between(-3, 6);
  return [JSON.stringify(value), value];
};

const other = (random: Random, group: number, step: number): Told => {
  const text = random.pick(texts);
  const seconds = random.between(0, 1_000) / 8;
  return random.pick<Told>([
    { type: "warning", code: `code-${group}`, text },
    { type: "epoch", epoch: group, step, metrics: { loss: seconds }, best: random() < 0.5, seconds },
    { type: "compile.started", function: text },
    { type: "compile.ended", function: text, seconds, cached: random() < 0.5 },
    { type: "other", name: "third.party", data: { group, text, deep: [1, { a: null }] } },
  ]);
};
