import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";

const root = join(import.meta.dirname, "..");
const project = inject("project");
const readme = readFileSync(join(root, "README.md"), "utf8");
const [example] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
const everything = [
  "flaxen",
  "@flaxen/core",
  "@flaxen/compiler",
  "@flaxen/runner",
  "@flaxen/runner-local",
  "@flaxen/errors",
];

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  target: "es2023",
  lib: ["es2023", "esnext.disposable", "dom"],
  module: "nodenext",
  types: ["node"],
  noEmit: true,
};

beforeAll(() => {
  writeFileSync(join(project, "example.ts"), example!);
  const imports = everything.map(
    (name, i) => `import * as all${i} from "${name}";\nexport type T${i} = keyof typeof all${i};\n`,
  );
  writeFileSync(
    join(project, "everything.ts"),
    `${imports.join("")}void [${everything.map((_, i) => `all${i}`).join(", ")}];\n`,
  );
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["example.ts", "everything.ts"] }),
  );
});

const checkers = [
  ["5.9", "typescript-5.9/bin/tsc"],
  ["6", "typescript-6/bin/tsc"],
  ["7", "typescript/bin/tsc"],
] as const;

test.each(checkers)(
  "TypeScript %s takes the README's example and every package's types, libraries checked",
  (version, path) => {
    const tsc = join(root, "node_modules", path);
    const said = spawnSync(process.execPath, [tsc, "--version"], { encoding: "utf8" }).stdout;
    expect(said).toContain(`Version ${version}`);
    const checked = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8", cwd: project });
    expect(checked.stdout).toBe("");
    expect(checked.status).toBe(0);
  },
);

test.each(checkers)("TypeScript %s refuses a misspelt metric in it", (_, path) => {
  const misspelt = example!.replace('metrics["val/digit/accuracy"]', 'metrics["val/digit/acuracy"]');
  expect(misspelt).not.toBe(example);
  const folder = join(project, "misspelt.ts");
  writeFileSync(folder, misspelt);
  writeFileSync(join(project, "tsconfig.misspelt.json"), JSON.stringify({ compilerOptions, files: ["misspelt.ts"] }));
  const tsc = join(root, "node_modules", path);
  const checked = spawnSync(process.execPath, [tsc, "-p", "tsconfig.misspelt.json"], {
    encoding: "utf8",
    cwd: project,
  });
  expect(checked.stdout).toContain("val/digit/accuracy");
  expect(checked.status).not.toBe(0);
});
