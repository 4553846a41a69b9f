import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryHome } from "./testing/home.ts";
import { projectPython } from "./testing/project.ts";
import { runScript } from "./testing/run-script.ts";

const root = join(import.meta.dirname, "../../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, block]) => block as string,
  );

const home = temporaryHome();
const folder = mkdtempSync(join(tmpdir(), "flaxen-readme-"));
symlinkSync(join(root, "examples/node_modules"), join(folder, "node_modules"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
const script = join(folder, "readme.ts");
// One script, as a reader goes on from block to block; imports come first.
const lines = blocks("ts").join("\n").split("\n");
const isImport = (line: string) => line.startsWith("import ");
writeFileSync(script, [...lines.filter(isImport), ...lines.filter((line) => !isImport(line)), ""].join("\n"));

test("every TypeScript block has the types that it says", async () => {
  const configuration = join(folder, "tsconfig.json");
  const options = {
    composite: false,
    noEmit: true,
    emitDeclarationOnly: false,
    declaration: false,
    declarationMap: false,
    noUnusedLocals: false,
    typeRoots: [join(root, "node_modules/@types")],
  };
  writeFileSync(
    configuration,
    JSON.stringify({ extends: join(root, "tsconfig.base.json"), compilerOptions: options, files: [script] }),
  );
  const { stdout } = await promisify(execFile)(join(root, "node_modules/.bin/tsc"), ["-p", configuration]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
});

test("the TypeScript blocks run, and print what the README prints", { timeout: 600_000 }, async () => {
  const { code, stdout, stderr } = await runScript(script, [], { FLAXEN_HOME: home }, folder);
  expect([code, stderr]).toEqual([0, ""]);
  const [shown] = blocks("text") as [string];
  // The last digits of an accuracy differ between machines.
  const rounded = (text: string) => text.replace(/0\.\d+/g, (number) => Number(number).toFixed(1));
  const printed = stdout.trimEnd().split("\n");
  expect(printed.slice(0, 3).map(rounded)).toEqual(shown.trimEnd().split("\n").map(rounded));
  expect(printed.slice(3)).toEqual(["true", "true", "true"]);
  expect(Number(printed[1]?.split(" ")[1])).toBeGreaterThan(0.985);

  const [python] = blocks("python") as [string];
  expect(readFileSync(join(folder, "digits-trained/program/model.py"), "utf8")).toContain(python);
  expect(existsSync(join(folder, "digits-trained/artifacts/weights.safetensors"))).toBe(true);
  const syntax = "import ast, sys; ast.parse(open(sys.argv[1]).read())";
  await promisify(execFile)(await projectPython(), ["-c", syntax, join(folder, "digits-in-python/train.py")]);
});

test("every command that it shows or names is a script, and quickstart is the example that is tested", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const commands = [
    ...blocks("sh").flatMap((block) => block.trim().split("\n")),
    ...[...readme.matchAll(/`(npm [^`]+)`/g)].map(([, command]) => command as string),
  ];
  expect(commands).toContain("npm run quickstart");
  for (const command of commands) {
    const name = /^npm (?:run )?(\w+)$/.exec(command)?.[1] as string;
    const [program, file] = (scripts[name] as string).split(" ") as [string, string];
    expect(program).toBe("node");
    expect(existsSync(join(root, file))).toBe(true);
  }
  expect(readFileSync(join(root, "scripts/quickstart.mjs"), "utf8")).toContain("examples/mnist.ts");
});

test("its links lead somewhere", () => {
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link as string);
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) expect(existsSync(join(root, link))).toBe(true);
});
