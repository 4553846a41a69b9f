import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adamw, data, experiment, graph, head, model, sgd, warmupCosine } from "@flaxen/core";
import { describe, expect, test } from "vitest";
import { eject } from "../eject/eject.ts";
import { runProject, temporaryFolder } from "../testing/project.ts";
import { compile } from "../training/prepare-job.ts";

interface Numbers {
  readonly peak: number;
  readonly warmupSteps: number;
  readonly weightDecay: number;
  readonly dropout: number;
  readonly clipNorm: number;
  readonly weight: number;
  readonly seed: number;
  readonly shuffleSeed: number;
  readonly epochs: number;
  readonly batchSize: number;
}
const usual: Numbers = {
  peak: 1e-3,
  warmupSteps: 100,
  weightDecay: 1e-4,
  dropout: 0.3,
  clipNorm: 2,
  weight: 0.5,
  seed: 0,
  shuffleSeed: 0,
  epochs: 1,
  batchSize: 128,
};

const network = ({ dropout, weight }: Numbers) => {
  const image = graph.input("image", [28, 28, 1]);
  const features = image.flatten().dense(32).relu().dropout(dropout);
  const digit = head.classification(features, { classes: 10, metrics: ["accuracy"], weight });
  return model({ name: "digits", inputs: { image }, heads: { digit } });
};
const of = (changes: Partial<Numbers> = {}) => {
  const numbers = { ...usual, ...changes };
  const { peak, warmupSteps, weightDecay, dropout, weight, ...rest } = numbers;
  const optimizer = adamw({ learningRate: warmupCosine({ peak, warmupSteps }), weightDecay });
  return experiment(network(numbers), { data: data.mnist(), optimizer, ...rest });
};
const moved = () => {
  const numbers = usual;
  const optimizer = adamw({ learningRate: warmupCosine({ peak: 1e-3, warmupSteps: 100 }), weightDecay: 1e-4 });
  const { clipNorm, seed, shuffleSeed, epochs, batchSize } = numbers;
  const image = graph.input("image", [28, 28, 1]);

  const flat = image.flatten();
  const features = flat.dense(32).relu().dropout(0.3);
  const digit = head.classification(features, { classes: 10, metrics: ["accuracy"], weight: 0.5 });
  const same = model({ name: "digits", inputs: { image }, heads: { digit } });
  return experiment(same, { data: data.mnist(), optimizer, clipNorm, seed, shuffleSeed, epochs, batchSize });
};

describe("contracts: numbers are configuration, never program", () => {
  const base = compile(of()).program;

  test.each<[string, Partial<Numbers>]>([
    ["learning rate", { peak: 0.02 }],
    ["a schedule's length", { warmupSteps: 7 }],
    ["weight decay", { weightDecay: 0 }],
    ["dropout 0", { dropout: 0 }],
    ["clip 1", { clipNorm: 1 }],
    ["clip 1.0", { clipNorm: Number("1.0") }],
    ["a loss weight", { weight: 3 }],
    ["the seeds", { seed: 41, shuffleSeed: 42 }],
    ["epochs", { epochs: 9 }],
    ["batch size", { batchSize: 500 }],
  ])("%s changes neither the program's hash nor its bytes, but the configuration", (_, changes) => {
    const changed = compile(of(changes));
    expect(changed.program.hash).toBe(base.hash);
    expect(changed.program.files).toEqual(base.files);
    expect(changed.config).not.toEqual(compile(of()).config);
  });

  test("a moved source line changes nothing but the sites", () => {
    const [here, there] = [compile(of()), compile(moved())];
    expect(there.sites).not.toEqual(here.sites);
    expect({ ...there, sites: {} }).toEqual({ ...here, sites: {} });
  });

  test("structure changes the program: the comparison is not blind", () => {
    const { epochs, batchSize } = usual;
    const without = experiment(network(usual), { data: data.mnist(), optimizer: sgd(), epochs, batchSize });
    expect(compile(without).program.hash).not.toBe(base.hash);
  });
});

describe("contracts: one executable of each function", () => {
  const compiled = (stderr: string, name: string) =>
    [...stderr.matchAll(new RegExp(`Finished XLA compilation of jit\\(${name}\\)`, "g"))].length;

  test("over an epoch of MNIST with a partial last chunk, and again with other numbers", async () => {
    const folder = temporaryFolder();
    await eject(of(), folder);
    const { config } = compile(
      of({ peak: 1, warmupSteps: 0, dropout: 0, clipNorm: 1, weight: 2, seed: 5, weightDecay: 0 }),
    );
    writeFileSync(join(folder, "other.json"), JSON.stringify(config));
    const cache = mkdtempSync(join(tmpdir(), "flaxen-cache-"));
    const env = { JAX_LOG_COMPILES: "1", FLAXEN_CACHE: cache };
    const executables = () =>
      readdirSync(cache).filter((file) => /^jit_(train_steps|evaluate)-/.test(file) && !file.endsWith("-atime"));

    const first = await runProject(folder, [], env);
    expect([first.code, first.stderr.match(/Traceback[\s\S]*/)?.[0]]).toEqual([0, undefined]);
    const counts = first.events.filter(({ type }) => type === "steps").map(({ count }) => count as number);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(469);
    expect(new Set(counts).size).toBeGreaterThan(1);
    for (const name of ["seeded", "train_steps", "evaluate"])
      expect([name, compiled(first.stderr, name)]).toEqual([name, 1]);
    expect(executables()).toHaveLength(2);
    const announced = first.events.filter(({ type }) => type === "compile.started").map((event) => event.function);
    expect(announced).toEqual(["init", "train_steps", "evaluate"]);

    const second = await runProject(folder, ["other.json"], env);
    expect(second.code).toBe(0);
    expect(executables()).toHaveLength(2);
  });
});
