import { stripTypeScriptTypes } from "node:module";
import * as core from "../src/index.ts";

/** Runs a printed module on this package; gives what it exports. */
export const runTypeScript = (text: string): Readonly<Record<string, any>> => {
  const [imports, ...body] = stripTypeScriptTypes(text).split("\n");
  const names = imports!
    .match(/\{ *(.*?) *\}/)![1]!
    .split(", ")
    .filter((name) => name && !name.startsWith("type "));
  const exported = [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name!);
  const script = body.join("\n").replace(/^export const/gm, "const");
  const run = new Function(...names, `"use strict"; ${script}\nreturn { ${exported.join(", ")} };`);
  return run(...names.map((name) => (core as Readonly<Record<string, unknown>>)[name]));
};
