import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Experiment } from "@flaxen/core";
import { compile } from "../src/compile.ts";
import { configText } from "../src/config-text.ts";
import { output, python } from "./python.ts";

/**
 * Emits every experiment and gives what a script beside this file, one of those that `emitted.py` serves, says of each;
 * text, where it failed. `facts`: what the script is told of each besides.
 */
export const lookAt = <Found>(
  script: string,
  experiments: readonly Experiment[],
  facts: readonly object[] = [],
): readonly (Found | string)[] => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-programs-"));
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  try {
    const cases = experiments.map(({ document, assets }, i) => {
      const { program, config, assets: needed } = compile(document);
      if (i === 0)
        for (const [path, text] of Object.entries(program.files)) if (path.startsWith("flaxen/")) write(path, text);
      for (const file of ["model.py", "train.py"]) write(`${i}/${file}`, program.files[file]!);
      write(`${i}/config.json`, configText(config));
      for (const asset of needed) if (asset.kind === "bytes") write(`assets/${asset.name}`, assets.get(asset.sha256)!);
      return { folder: `${i}`, ...facts[i] };
    });
    return JSON.parse(
      output(python, ["-B", join(import.meta.dirname, script), folder], { input: JSON.stringify(cases) }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
