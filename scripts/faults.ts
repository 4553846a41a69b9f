// node scripts/faults.ts [--check]: writes docs/faults.md from the tests that carry a fault's number. A cell that must
// not be empty, or a test of a row that is none, fails; so does, with --check, a file that is not what would be written.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

type Carrier = "file" | "stream";

interface Row {
  readonly fault: string;
  readonly promise: string;
  /** The carrier that must have a test. */
  readonly needs: Carrier;
}

interface Found {
  readonly row: number;
  readonly carrier: Carrier;
  readonly title: string;
  readonly file: string;
}

const row = (needs: Carrier, fault: string, promise: string): Row => ({ needs, fault, promise });

/** Faults keep their numbers for good; those that are missing here belong to runners on other machines. */
const rows: ReadonlyMap<number, Row> = new Map([
  [
    1,
    row(
      "file",
      "the worker is killed",
      "told within a second with its signal; nothing that it had told is lost; retries apply",
    ),
  ],
  [
    2,
    row(
      "file",
      "a crash or an exception in Python",
      "the end of the traceback, with the node and the line of TypeScript where they are known",
    ),
  ],
  [
    3,
    row("file", "memory runs out", "ends as `oom`, by the kernel's own counter or Python's error; not started again"),
  ],
  [
    4,
    row(
      "file",
      "the Node process is killed, the run attached",
      "no process is left after two seconds; the log is whole and says `abandoned`",
    ),
  ],
  [
    5,
    row(
      "file",
      "the Node process is killed, the run detached",
      "the run goes on; another process continues exactly behind a cursor",
    ),
  ],
  [6, row("stream", "the connection is reset", "the next event within two seconds; no event twice, none missing")],
  [7, row("stream", "the network falls silent", "noticed within three intervals, then as after a reset")],
  [
    8,
    row(
      "stream",
      "a long outage",
      "the run is unaffected, the client says `unreachable`; afterwards everything, in bounded memory",
    ),
  ],
  [
    11,
    row(
      "file",
      "the disk is full",
      "the log stays whole and ends with `disk-full`; a run that does not fit is refused",
    ),
  ],
  [
    15,
    row(
      "file",
      "the supervisor is killed",
      "its workers end; the run is `lost` by proof, readable to the last whole line, and can be restarted",
    ),
  ],
  [
    17,
    row(
      "file",
      "clocks are wrong, or jump",
      "order is `seq`, durations are `m`; no ending and no proof depends on the time of day",
    ),
  ],
  [
    18,
    row(
      "file",
      "a log with holes, or shorter than it was",
      "an error with the place; never skipped in silence, never a rewind",
    ),
  ],
  [
    24,
    row(
      "file",
      "a cancel races with the end",
      "one ending; `cancel()` resolves with the real one, however often it is asked",
    ),
  ],
  [25, row("file", "a cancel before anything trains", "nothing is left running, no half-built environment stays")],
  [
    26,
    row(
      "file",
      "a program that ignores signals and forks twice",
      "after the grace the whole group and its orphans are gone",
    ),
  ],
  [28, row("file", "a consumer that is slow", "every event, in less than 150 MB")],
  [
    29,
    row(
      "file",
      "a flood of output, bars, broken text, endless lines",
      "metrics are exact; what is left out of the log is counted",
    ),
  ],
  [30, row("file", "numbers that JSON cannot hold", "NaN and infinities by name, all others to the bit")],
  [31, row("file", "two clients; two submits of one id", "both get everything; one run")],
  [
    32,
    row(
      "file",
      "the build of an environment is killed, a lock changes",
      "the next run builds anew; environments that stand are not touched",
    ),
  ],
  [
    33,
    row(
      "file",
      "a GPU was asked for, there is a CPU",
      "ends as `device-mismatch` within ten seconds, before any data is read",
    ),
  ],
]);

const root = dirname(import.meta.dirname);
const target = join(root, "docs/faults.md");
const pattern = /\bfault\((\d+), "(file|stream)"\)\(\s*(["`])((?:\\.|(?!\3)[\s\S])*)\3/g;

const testFiles = (): readonly string[] =>
  readdirSync(join(root, "packages"))
    .filter((name) => existsSync(join(root, "packages", name, "src")))
    .flatMap((name) =>
      readdirSync(join(root, "packages", name, "src"), { recursive: true, encoding: "utf8" }).map(
        (path) => `packages/${name}/src/${path.replaceAll("\\", "/")}`,
      ),
    )
    .filter((path) => path.endsWith(".test.ts"))
    .sort();

const found: readonly Found[] = testFiles().flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(pattern)].map(([, number, carrier, , title]) => ({
    row: Number(number),
    carrier: carrier as Carrier,
    title: title!.replace(/\$\{[^}]*\}/g, "…").replace(/\\(.)/g, "$1"),
    file,
  })),
);

const complaints = [
  ...found.filter((test) => !rows.has(test.row)).map((test) => `${test.file}: there is no fault ${test.row}`),
  ...[...rows]
    .filter(([number, { needs }]) => !found.some((test) => test.row === number && test.carrier === needs))
    .map(([number, { needs, fault }]) => `fault ${number} (${fault}) has no test on the carrier "${needs}"`),
];

const escaped = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

const cell = (number: number, carrier: Carrier): string =>
  found
    .filter((test) => test.row === number && test.carrier === carrier)
    .map(({ title, file }) => `[${escaped(title)}](../${file})`)
    .join("<br>") || "–";

const text = [
  "# Faults",
  "",
  "<!-- Written by scripts/faults.ts from the tests. Do not edit. -->",
  "",
  "What may go wrong with a run, what is promised then, and the tests that inject the fault for real. The carrier is what",
  "brings the log's bytes: the *file* itself on this machine, or a byte *stream* through a proxy that delays, cuts, resets",
  "and freezes it, as a network does. Run them with `npm test -- fault`.",
  "",
  "| # | Fault | Promise | Tests on the file | Tests on the stream |",
  "|---|---|---|---|---|",
  ...[...rows].map(
    ([number, { fault, promise }]) =>
      `| ${number} | ${escaped(fault)} | ${escaped(promise)} | ${cell(number, "file")} | ${cell(number, "stream")} |`,
  ),
  "",
].join("\n");

const current = (): string => {
  try {
    return readFileSync(target, "utf8");
  } catch {
    return "";
  }
};

if (process.argv.includes("--check")) {
  if (current() !== text) complaints.push("docs/faults.md is not what the tests say: run npm run generate.");
} else {
  writeFileSync(target, text);
}
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;
