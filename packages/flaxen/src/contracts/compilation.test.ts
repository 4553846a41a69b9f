import { copyFileSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runScript } from "../testing/run-script.ts";

/** The script in a folder of its own, from which it is run. */
const elsewhere = (): { readonly folder: string; readonly script: string } => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "flaxen-compile-")));
  for (const name of ["print-compilation.ts", "models.ts"])
    copyFileSync(join(import.meta.dirname, "../testing", name), join(folder, name));
  symlinkSync(join(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return { folder, script: join(folder, "print-compilation.ts") };
};

describe("contracts: compilation is pure", () => {
  test("processes, folders, locales and time zones give equal bytes", async () => {
    const places: readonly Record<string, string>[] = [
      { LANG: "C", LC_ALL: "C", TZ: "UTC" },
      { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Chatham" },
      { LANG: "ar_EG.UTF-8", LC_ALL: "ar_EG.UTF-8", TZ: "America/St_Johns" },
    ];
    const runs = places.map((env) => ({ env, ...elsewhere() }));
    const printed = await Promise.all(runs.map(({ env, folder, script }) => runScript(script, [], env, folder)));
    for (const { code, stderr } of printed) expect([code, stderr]).toEqual([0, ""]);
    const lines = printed.map(({ stdout }) => stdout.trimEnd().split("\n"));
    // They really stood elsewhere, and the calls' places in TypeScript are told apart from the program.
    const stood = lines.map(([, where]) => JSON.parse(where as string));
    expect(stood.map(({ file }) => file)).toEqual(runs.map(({ folder }) => join(folder, "models.ts")));
    expect(stood.map(({ timeZone }) => timeZone)).toEqual(places.map(({ TZ }) => TZ));
    expect(stood.map(({ locale }) => locale)).toEqual(["en-US", "tr-TR", "ar-EG"]);

    const [first, ...others] = lines.map(([compiled]) => compiled);
    expect(JSON.parse(first as string)[0].program.files["model.py"]).toContain("class Digits");
    for (const other of others) expect(other).toBe(first);
  });
});
