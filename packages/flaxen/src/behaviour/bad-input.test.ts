import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { testRunner } from "../testing/runner.ts";
import { data, FlaxenError, graph, head, local, model, train } from "../testing/surface.ts";

const home = temporaryHome();
const runner = testRunner(home);
const folder = mkdtempSync(join(tmpdir(), "flaxen-bad-input-"));
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const x = graph.input("x", [2]);
const classes = model({ inputs: { x }, heads: { kind: head.classification(x.dense(4), { classes: 3 }) } });
const ids = graph.input("ids", [2], { dtype: "int" });
const words = model({
  inputs: { ids },
  heads: { kind: head.classification(ids.embedding({ vocab: 5, features: 4 }).flatten(), { classes: 3 }) },
});

/** The error that a training ends with, and whether anything was compiled before. */
const outcome = async (start: () => Promise<Awaited<ReturnType<typeof train>>>) => {
  let compiled = false;
  try {
    const run = await start();
    for await (const event of run) compiled ||= event.type === "compile.started";
    await run.result();
  } catch (error) {
    if (FlaxenError.isInstance(error)) return { code: error.code, message: error.message, compiled };
    throw error;
  }
  return { code: "none", message: "", compiled };
};

const arrays = (columns: Record<string, any>, batchSize = 2, of: typeof classes | typeof words = classes) =>
  outcome(() => train(of as typeof classes, { data: data.arrays(columns), epochs: 1, batchSize, runner }));
const csv = (text: string, batchSize = 2, of: typeof classes | typeof words = classes) => {
  const input = of === classes ? "x" : "ids";
  const options = { features: { [input]: ["a", "b"] }, targets: { kind: "c" } };
  const path = file(`${Math.random()}.csv`, text);
  return outcome(() => train(of as typeof classes, { data: data.csv(path, options), epochs: 1, batchSize, runner }));
};
const rows = (...lines: string[]) => ["a,b,c", ...lines, ""].join("\n");

describe("bad input is refused with a clear error before anything is compiled", () => {
  const good = [
    [1, 2],
    [3, 4],
  ];

  test.each<[string, () => Promise<{ code: string; message: string; compiled: boolean }>, string, RegExp]>([
    [
      "missing file",
      () =>
        outcome(() =>
          train(classes, {
            data: data.csv("no.csv", { features: { x: ["a", "b"] }, targets: { kind: "c" } }),
            epochs: 1,
            runner,
          }),
        ),
      "missing-file",
      /"no\.csv" \(that is, \/.*no\.csv\) does not exist/,
    ],
    ["unknown column of a file", () => csv("area,rooms,c\n1,2,0\n"), "unknown-column", /has no column "a"/],
    ["unknown column of arrays", () => arrays({ x: good, kinds: [0, 1] }), "unknown-column", /Did you mean "kind"\?/],
    ["missing column", () => arrays({ x: good }), "missing-column", /"kind"/],
    [
      "label out of range",
      () => arrays({ x: good, kind: [0, 3] }),
      "label-out-of-range",
      /row 1: 3 is none of the 3 classes/,
    ],
    ["label out of range in a file", () => csv(rows("1,2,0", "3,4,7")), "label-out-of-range", /7/],
    ["empty data", () => arrays({ x: [], kind: [] }), "empty-data", /no rows/],
    ["empty file", () => csv(rows()), "empty-data", /no rows/],
    ["batch larger than the data", () => arrays({ x: good, kind: [0, 1] }, 3), "batch-larger-than-data", /3.* 2 rows/],
    ["batch larger than a file", () => csv(rows("1,2,0", "3,4,1"), 3), "batch-larger-than-data", /3.*2 rows/],
    [
      "wrong dtype",
      () => arrays({ x: good, kind: Float32Array.of(0, 1) }),
      "wrong-dtype",
      /"kind" needs whole numbers/,
    ],
    ["text where numbers are due", () => csv(rows("1,red,0", "3,4,1")), "wrong-dtype", /"b"/],
    [
      "NaN in features",
      () =>
        arrays({
          x: [
            [1, Number.NaN],
            [3, 4],
          ],
          kind: [0, 1],
        }),
      "not-a-number",
      /"x" holds NaN in row 0/,
    ],
    [
      "a line of a file that is too long",
      () => csv(rows("1,2,0", "3,4,1,5")),
      "wrong-format",
      /: a line has more fields than the header\n/,
    ],
    ["NaN in a file", () => csv(rows("1,2,0", "NaN,4,1")), "not-a-number", /"a"/],
    [
      "index out of range",
      () =>
        arrays(
          {
            ids: [
              [0, 5],
              [1, 2],
            ],
            kind: [0, 1],
          },
          2,
          words,
        ),
      "index-out-of-range",
      /5 is not within 0 to 4/,
    ],
    ["index out of range in a file", () => csv(rows("1,2,0", "3,9,1"), 2, words), "index-out-of-range", /9/],
    [
      "another shape than the graph's",
      () =>
        arrays({
          x: [
            [1, 2, 3],
            [4, 5, 6],
          ],
          kind: [0, 1],
        }),
      "shape-mismatch",
      /shape \[3\].* needs \[2\]/,
    ],
    ["unequal rows", () => arrays({ x: good, kind: [0, 1, 2] }), "row-count", /"x" has 2, "kind" has 3/],
  ])("%s", async (_, run, code, message) => {
    expect(await run()).toEqual({ code, message: expect.stringMatching(message), compiled: false });
  });

  test("what only the rows of a file tell is reported at the call that names it", async () => {
    const path = file("one-word.csv", rows("1,red,0", "3,4,1"));
    const named = data.csv(path, { features: { x: ["a", "b"] }, targets: { kind: "c" } });
    const run = await train(classes, { data: named, epochs: 1, batchSize: 1, runner });
    await expect(run.result()).rejects.toMatchObject({ code: "wrong-dtype", site: { file: import.meta.filename } });
  });

  test("a file of another shape than the graph's", async () => {
    const images = file("images", Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6));
    const labels = file("labels", Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 0, 1));
    const train2 = () => train(classes, { data: data.idx({ train: { x: images, kind: labels } }), epochs: 1, runner });
    expect(await outcome(train2)).toMatchObject({ code: "shape-mismatch", message: expect.stringContaining("[1, 3]") });
  });

  test("negative units and an unknown option, at their own call", () => {
    const thrown = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        if (FlaxenError.isInstance(error)) return { code: error.code, file: error.site?.file, message: error.message };
      }
      return undefined;
    };
    expect(thrown(() => x.dense(-3 as number))).toMatchObject({ code: "bad-parameter", file: import.meta.filename });
    const image = graph.input("image", [8, 8, 1]);
    const typo = { kernel: 3, strid: 2 } as { kernel: 3 };
    expect(thrown(() => image.conv2d(4, typo))).toMatchObject({
      code: "unknown-option",
      file: import.meta.filename,
      message: expect.stringContaining('Did you mean "stride"?'),
    });
  });

  test("Python missing, and Python too old", async () => {
    const old = file("python-old", `#!/bin/sh\necho '["/usr/bin/python3.9", [3, 9, 2], true]'\n`);
    chmodSync(old, 0o755);
    const using = (python: string) => {
      const here = local({ home, python });
      return outcome(() =>
        train(classes, { data: data.arrays({ x: good, kind: [0, 1] }), epochs: 1, batchSize: 2, runner: here }),
      );
    };
    expect(await using(join(folder, "no-python"))).toMatchObject({ code: "python-missing", compiled: false });
    expect(await using(old)).toMatchObject({ code: "python-too-old", message: expect.stringContaining("3.9") });
  });
});
