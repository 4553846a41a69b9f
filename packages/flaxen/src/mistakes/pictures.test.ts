import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodes } from "@flaxen/core";
import { expect, test } from "vitest";

const docs = join(import.meta.dirname, "../../../../docs/nodes");
const pictures = readdirSync(join(docs, "pictures")).map(
  (name) => [name, readFileSync(join(docs, "pictures", name), "utf8")] as const,
);

const read = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&amp;", "&");

/** Texts with their places and widths in letters. */
const textsIn = (svg: string) =>
  [...svg.matchAll(/<text[^>]* x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)">(.*?)<\/text>/g)].map(
    ([, x, y, length, inner]) => ({
      x: Number(x),
      y: Number(y),
      wide: Number(length),
      text: read(inner!.replaceAll(/<\/?tspan[^>]*>/g, "")),
    }),
  );

test("every node has a picture of its error, or its page says that there is none", () => {
  for (const { name } of Object.values(nodes)) {
    const page = readFileSync(join(docs, `${name}.md`), "utf8");
    const shown = page.includes(`](pictures/${name}.svg)`);
    expect([name, shown]).toEqual([name, pictures.some(([file]) => file === `${name}.svg`)]);
    if (!shown) expect(page).toContain("Every call of it is right");
  }
  expect(pictures.length).toBeGreaterThanOrEqual(Object.keys(nodes).length - 1);
});

test.each(pictures)("%s is small, says in words what it shows, and keeps within its frame", (_, svg) => {
  expect(Buffer.byteLength(svg)).toBeLessThan(4096);
  expect(svg).toMatch(/<title id="t">\w+: .+<\/title>\n<desc id="d">An? (editor|terminal), /);
  expect(svg).not.toMatch(/<script|href|url\((?!#w\))/);
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!;
  for (const { x, y, wide, text } of textsIn(svg)) {
    expect(x + wide).toBeLessThanOrEqual(Number(width) - 10);
    expect(y).toBeLessThan(Number(height));
    expect(wide).toBeCloseTo(text.length * 7.8);
  }
});

test.each(pictures)("%s marks what the language service names", (_, svg) => {
  const [, said] = /<desc id="d">([\s\S]*)<\/desc>/.exec(svg)!;
  const underlined = /underlines (.*?) in red and says: /s.exec(said!)?.[1];
  const texts = textsIn(svg);
  if (underlined === undefined) {
    const caret = texts.find(({ text }) => text === "^")!;
    const line = texts.findLast(({ x, y }) => y < caret.y && x >= 44)!;
    const [, number, column] = /\bat net\.ts:(\d+):(\d+)$/.exec(said!)!;
    expect(Math.round((caret.x - line.x) / 7.8) + 1).toBe(Number(column));
    expect(texts.find(({ x, y }) => y === line.y && x < 44)!.text).toBe(number);
    return;
  }
  const waves = [...svg.matchAll(/<rect class="w" x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g)].map(
    (wave) => wave.slice(1).map(Number) as [number, number, number],
  );
  const covered = waves.map(([x, y, wide]) => {
    const line = texts.find((text) => text.y === y - 5 && text.x >= 44)!;
    const from = Math.round((x - line.x) / 7.8);
    return line.text.slice(from, from + Math.round(wide / 7.8));
  });
  expect(covered.join(" ")).toBe(read(underlined));
});
