import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adam, data, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "../training/train.ts";

const runner = testRunner(temporaryHome());
const folder = mkdtempSync(join(tmpdir(), "flaxen-images-"));

/** A BMP file of one colour, [blue, green, red]. */
const bitmap = (width: number, height: number, colour: readonly number[]): Uint8Array => {
  const line = Math.ceil((width * 3) / 4) * 4;
  const bytes = new Uint8Array(54 + line * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  for (const [at, value] of [
    [2, bytes.length],
    [10, 54],
    [14, 40],
    [18, width],
    [22, height],
  ] as const)
    view.setUint32(at, value, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) bytes.set(colour, 54 + y * line + 3 * x);
  return bytes;
};

const colours = { leaf: [20, 180, 30], sky: [220, 90, 40] } as const;
for (const [name, colour] of Object.entries(colours)) {
  mkdirSync(join(folder, "photos", name), { recursive: true });
  for (let n = 0; n < 12; n++)
    writeFileSync(
      join(folder, "photos", name, `${n}.bmp`),
      bitmap(
        5 + n,
        7,
        colour.map((part) => part + n),
      ),
    );
}

test("a folder of images trains, and files are told by the names of their sub-folders", async () => {
  const image = graph.input("image", [4, 4, 3]);
  const photos = model({
    inputs: { image },
    heads: { kind: head.classification(image.flatten(), { classes: 2, metrics: ["accuracy"] }) },
  });
  const validation = { ratio: 0.25, stratify: "kind" } as const;
  const options = { optimizer: adam({ learningRate: 0.05 }), epochs: 15, batchSize: 6, runner };
  const run = await train(photos, { ...options, data: data.images(join(folder, "photos"), { validation }) });
  await using trained = await run.result();
  expect(trained.metrics["val/kind/accuracy"]).toBe(1);
  const files = ["sky", "leaf"].map((name) => ({ file: readFileSync(join(folder, "photos", name, "3.bmp")) }));
  const { kind } = await trained.predict({ image: files });
  expect([...kind.labels].map((label) => kind.names?.[label])).toEqual(["sky", "leaf"]);

  expect((await trained.evaluate({ path: join(folder, "photos") }))["kind/accuracy"]).toBe(1);
  const wrong = await trained.evaluate({ image: [...files, ...files], kind: ["sky", "leaf", "leaf", "leaf"] });
  expect(wrong["kind/accuracy"]).toBe(0.75);
  await expect(trained.evaluate({ image: files, kind: ["sky", "sea"] })).rejects.toThrow(
    'column "kind" (kind), row 1 holds "sea", which no train row has; known: leaf, sky',
  );
  await expect(trained.evaluate({ path: join(folder, "none") })).rejects.toThrow("none does not exist");

  mkdirSync(join(folder, "photos", "sea"));
  writeFileSync(join(folder, "photos", "sea", "1.bmp"), bitmap(5, 7, colours.sky));
  await expect(trained.evaluate({ path: join(folder, "photos") })).rejects.toThrow(
    "photos has a sub-folder sea, which the training images do not have",
  );
  rmSync(join(folder, "photos", "sea", "1.bmp"));
  await expect(train(photos, { ...options, data: data.images(join(folder, "photos")) })).rejects.toMatchObject({
    code: "empty-data",
    message: expect.stringMatching(/sea holds no images/),
    site: { file: import.meta.filename },
  });
  await expect(train(photos, { ...options, data: data.images("weeds") })).rejects.toThrow(/"weeds" .* does not exist/);
});

test("running text trains a language model that continues strings", async () => {
  const ids = graph.input("ids", [8], { dtype: "int" });
  const hidden = ids.embedding({ vocab: 12, features: 16 }).dense(32).relu();
  const letters = model({
    inputs: { ids },
    heads: {
      next: head.nextToken(hidden, { of: ids, vocab: 12, metrics: ["accuracy", "bitsPerToken", "bitsPerByte"] }),
    },
  });
  const run = await train(letters, {
    data: data.text({ texts: "abcdefghïj".repeat(80) }, { validation: 0.2, stride: 3 }),
    optimizer: adam({ learningRate: 0.05 }),
    epochs: 10,
    batchSize: 16,
    runner,
  });
  await using trained = await run.result();
  expect(trained.metrics["val/next/accuracy"]).toBe(1);
  const { next } = await trained.predict({ ids: ["cde", "hïj"] });
  expect(next.probabilities.shape).toEqual([2, 8, 12]);
  const following = (row: number, position: number) => {
    const at = (row * 8 + position) * 12;
    const found = next.probabilities.data.subarray(at, at + 12);
    return next.names?.[found.indexOf(Math.max(...found))];
  };
  expect([following(0, 2), following(1, 2)]).toEqual(["f", "a"]);

  const text = join(folder, "letters.txt");
  writeFileSync(text, "abcdefghïj".repeat(9));
  const told = await trained.evaluate({ path: text });
  expect([told["next/accuracy"], Object.keys(told).slice(0, 3)]).toEqual([1, ["loss", "next/loss", "next/accuracy"]]);
  const other = "hgfedcïba".repeat(10);
  writeFileSync(text, other);
  // Rows of 8 begin every 3 characters; the first of each is nobody's target, and every ninth character has two bytes.
  const targets = Array.from({ length: 29 }, (_, row) => other.slice(3 * row + 1, 3 * row + 8)).join("");
  const wrong = await trained.evaluate({ path: text });
  const bits = [wrong["next/bitsPerByte"] * Buffer.byteLength(targets), wrong["next/bitsPerToken"] * targets.length];
  expect(bits[0]! / bits[1]!).toBeCloseTo(1, 5);
  expect((await trained.evaluate({ ids: ["abcxef", "hïj"] }))["next/accuracy"]).toBeLessThan(1);
  const words = data.text({ texts: "a b" }, { tokenizer: "word" });
  await expect(train(letters, { data: words, epochs: 1, runner })).rejects.toThrow(
    'the metric "bitsPerByte" of head "next" needs text in characters or byte pairs, but input "ids" is cut by the tokenizer "word"',
  );

  expect(await trained.generate("cde", { tokens: 12, temperature: 0 })).toBe("fghïjabcdefg");
  expect(await trained.generate(["abcdefghïjabcdefghïj", "h"], { tokens: 3, topK: 1 })).toEqual(["abc", "ïja"]);
  expect(await trained.generate("a", { temperature: 9 })).toBe(await trained.generate("a", { temperature: 9 }));
  await expect(trained.generate("")).rejects.toMatchObject({ code: "predict-failed", reason: "empty-data" });
});
