import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, inject, test } from "vitest";

const tarballs = Object.entries(inject("tarballs"));

const bytesOf = (tarball: string): ArrayBuffer => {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
};
const packageOf = (tarball: string) => createPackageFromTarballData(new Uint8Array(bytesOf(tarball)));

test.each(tarballs)("%s: publint finds nothing to say", async (_, tarball) => {
  const { messages, pkg } = await publint({ pack: { tarball: bytesOf(tarball) }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg!))).toEqual([]);
});

/** The packages are ES modules for `exports`: what older resolutions and CommonJS ask for is not promised. */
const notPromised = ["node10", "node16-cjs"];

test.each(tarballs)("%s: types resolve where the package does", async (_, tarball) => {
  const result = await checkPackage(packageOf(tarball));
  if (!("problems" in result)) throw new Error("it has no types");
  const promised = result.problems.filter(
    (problem) => !("resolutionKind" in problem && notPromised.includes(problem.resolutionKind)),
  );
  expect(promised).toEqual([]);
});

test.each(tarballs)("%s: what is packed is what is needed, and depends on versions", (_, tarball) => {
  const packed = packageOf(tarball);
  const files = packed.listFiles();
  expect(
    files.filter((file) => /\.tsbuildinfo$|node_modules.*node_modules|\.ruff_cache|__pycache__|\/testing\//.test(file)),
  ).toEqual([]);
  expect(files.filter((file) => /\.test(-d)?\.ts$|\/test_\w+\.py$/.test(file))).toEqual([]);
  const manifest = JSON.parse(packed.readFile(`/node_modules/${packed.packageName}/package.json`));
  const versions = Object.values<string>(manifest.dependencies ?? {});
  expect(versions.filter((version) => version.startsWith("workspace:"))).toEqual([]);
});
