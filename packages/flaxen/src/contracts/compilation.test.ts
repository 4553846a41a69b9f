import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runScript } from "../testing/run-script.ts";

const script = join(import.meta.dirname, "../testing/print-compilation.ts");

describe("contracts: compilation is pure", () => {
  test("processes, folders, locales and time zones give equal bytes", async () => {
    const places: readonly Record<string, string>[] = [
      { LANG: "C", LC_ALL: "C", TZ: "UTC" },
      { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Asia/Kathmandu" },
      { LANG: "ar_EG.UTF-8", LC_ALL: "ar_EG.UTF-8", TZ: "America/St_Johns" },
    ];
    const printed = await Promise.all(
      places.map((env) => runScript(script, [], env, mkdtempSync(join(tmpdir(), "flaxen-compile-")))),
    );
    for (const { code, stderr } of printed) expect([code, stderr]).toEqual([0, ""]);
    const [first, ...others] = printed.map(({ stdout }) => stdout);
    expect(JSON.parse(first as string).program.files["model.py"]).toContain("class Digits");
    for (const other of others) expect(other).toBe(first);
  });
});
