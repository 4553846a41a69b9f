import { expect, test } from "vitest";
import * as z from "zod";
import { role, rolesOf } from "./role.ts";

test("a role is found beneath defaults, options and descriptions", () => {
  const schema = z.strictObject({
    rate: role.dynamic(z.number()).default(0.5),
    units: role.shape(z.int()).optional().describe("how many"),
    workers: role.host(z.int().default(1)),
    padding: z.enum(["SAME", "VALID"]),
  });
  expect(rolesOf(schema)).toEqual({ rate: "dynamic", units: "shape", workers: "host", padding: "structure" });
});

test("a schema is marked, not changed", () => {
  const size = z.int().min(1);
  role.shape(size);
  expect(rolesOf(z.strictObject({ size }))).toEqual({ size: "structure" });
  expect(role.shape(size).safeParse(0).success).toBe(false);
});
