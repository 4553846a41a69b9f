// Everything that must hold, one step after another; the last line is the total.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureEnvironment } from "@flaxen/runner-local";
import { otherRow } from "./other-row.ts";

const root = dirname(import.meta.dirname);
const reports = join(root, "node_modules", ".cache", "flaxen", "reports");
const strict = process.env.FLAXEN_TEST_STRICT === "1";
const filter = process.argv.slice(2);

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
  /** Reads what the command reported; without it the step counts as one test. */
  readonly count?: () => Count;
}

const execute = ([command, ...args]: Step["command"], environment: Record<string, string>): boolean => {
  const env = { ...process.env, ...environment, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}` };
  return spawnSync(command, args, { cwd: root, stdio: "inherit", env }).status === 0;
};

const countVitest = (path: string): Count => {
  const report = JSON.parse(readFileSync(path, "utf8")) as Record<string, number>;
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + (report.numFailedTestSuites && !report.numFailedTests ? 1 : 0),
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
};

const countPytest = (path: string): Count => {
  const report = readFileSync(path, "utf8");
  const total = (name: string) =>
    [...report.matchAll(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`, "g"))].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
  const failed = total("failures") + total("errors");
  return { passed: total("tests") - failed - total("skipped"), failed, skipped: total("skipped") };
};

const development = await ensureEnvironment({ name: "dev", onProgress: (text: string) => console.log(text) });
await ensureEnvironment({ name: "base", onProgress: (text: string) => console.log(text) });
const tool = (name: string) => join(dirname(development.python), name);

const environment = { FLAXEN_TEST_PYTHON: development.python, PYTHONDONTWRITEBYTECODE: "1" };

const other = await otherRow(development.python, (text) => console.log(text));
const rows = other
  ? `the second row of versions: Python ${other.version}, ${other.python}`
  : "no Python of the second row of versions was found: what is emitted runs on one row only (FLAXEN_OTHER_PYTHON names one)";
console.log(rows);

const pytest = (name: string, folders: readonly string[], python = tool("python")): Step => {
  const report = join(reports, `pytest-${name.replaceAll(" ", "-")}.xml`);
  const chosen = filter.length > 0 ? ["-k", filter.join(" or ")] : [];
  return {
    name: `pytest of ${name}`,
    command: [python, "-m", "pytest", ...folders, "-q", `--junitxml=${report}`, ...chosen],
    count: () => countPytest(report),
  };
};

const node = process.execPath;
const checks: readonly Step[] = [
  { name: "lint, format, imports", command: ["biome", "check", "--error-on-warnings", "."] },
  { name: "types", command: ["tsc", "-b"] },
  { name: "types of tests, examples, benchmarks, scripts", command: ["tsc", "-p", "tsconfig.test.json"] },
  { name: "generated files", command: [node, "scripts/generate.mjs", "--check"] },
  { name: "Python lint", command: [tool("ruff"), "check", "python", "bench", "packages"] },
  { name: "Python format", command: [tool("ruff"), "format", "--check", "python", "bench", "packages"] },
];
/** Their tests compute, in a process or two each, and wait for nothing: as many files at once as there are cores. */
const computing = ["errors", "core", "compiler", "examples"];
/** Their tests look at runs as time passes, and leave room for these: half as many files at once. */
const running = ["runner", "runner-local", "flaxen", "bench", "packaging"];

const atOnce = "--maxWorkers=100%";
const withRoom = "--maxWorkers=50%";

/** The tests of some projects. */
const vitest = (
  name: string,
  projects: readonly string[],
  workers: string,
  environment: Readonly<Record<string, string>> = {},
): Step => {
  const report = join(reports, `${name.replaceAll(" ", "-")}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const command = ["vitest", "run", "--config", "vitest.workspace.ts", "--passWithNoTests"] as const;
  return {
    name,
    command: [...command, ...reporters, ...projects.map((project) => `--project=${project}`), workers, ...filter],
    count: () => countVitest(report),
    environment,
  };
};

/** Everything that is emitted, and the runtime beside it, once more with the other row's JAX, Flax and NumPy. */
function secondRow(python: string): readonly Step[] {
  return [
    vitest("vitest of the compiler on the second row", ["compiler"], atOnce, {
      FLAXEN_TEST_PYTHON: python,
      // What these look at is the same with every version.
      FLAXEN_TEST_EXCLUDE: ["fuzz", "adding-a-node", "goldens"].map((name) => `**/${name}.test.ts`).join(),
    }),
    pytest("flaxen on the second row", ["python/flaxen", "python/projects"], python),
  ];
}

const tests: readonly Step[] = [
  vitest("vitest of what computes", computing, atOnce),
  vitest("vitest of what runs", running, withRoom),
  // Two processes: the supervisor forks, and must never do so beside JAX's threads.
  pytest("flaxen_supervisor", ["python/flaxen_supervisor"]),
  pytest("flaxen", ["python/flaxen", "python/projects"]),
  ...(other ? secondRow(other.python) : []),
];

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];
for (const step of filter.length > 0 ? tests : [...checks, ...tests]) {
  console.log(`\n— ${step.name}`);
  const fine = execute(step.command, { ...environment, ...step.environment });
  let count: Count = { passed: Number(fine), failed: Number(!fine), skipped: 0 };
  if (step.count) {
    try {
      count = step.count();
    } catch {
      count = { passed: 0, failed: 1, skipped: 0 };
    }
    // A runner that fails without a failed test (a crash, a file that does not load) is a failure all the same.
    const nothingMatched = filter.length > 0 && count.passed + count.failed + count.skipped === 0;
    if (!fine && count.failed === 0 && !nothingMatched) count = { ...count, failed: 1 };
  }
  total.passed += count.passed;
  total.failed += count.failed + (strict ? count.skipped : 0);
  total.skipped += count.skipped;
  if (count.failed > 0 || (strict && count.skipped > 0)) broken.push(step.name);
}

if (broken.length > 0) console.log(`\nFailed: ${broken.join(", ")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
