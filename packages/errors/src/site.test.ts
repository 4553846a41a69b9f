import { expect, test } from "vitest";
import { callSite, parseFrame } from "./site.ts";

test("the frame beneath a function is its caller's", () => {
  const layer = () => callSite(layer);
  const site = layer();
  expect(site?.file).toMatch(/site\.test\.ts$/);
  expect(site?.line).toBe(6);
});

test("frames of files and of URLs are read", () => {
  expect(parseFrame("    at Object.<anonymous> (file:///home/ada/my%20net.ts:3:7)")).toEqual({
    file: "/home/ada/my net.ts",
    line: 3,
    column: 7,
  });
  expect(parseFrame("    at async /home/ada/net.ts:12:1")).toEqual({ file: "/home/ada/net.ts", line: 12, column: 1 });
  expect(parseFrame("    at native code")).toBeUndefined();
});
