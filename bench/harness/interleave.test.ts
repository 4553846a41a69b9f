import { expect, test } from "vitest";
import { interleave } from "./interleave.ts";

test("contestants take turns, and each keeps all its samples", async () => {
  const turns: string[] = [];
  const contestant = (name: string, values: number[]) => async () => {
    turns.push(name);
    return values.splice(0, 2);
  };
  const samples = await interleave(2, { ours: contestant("ours", [1, 2, 3, 4]), peer: contestant("peer", [5, 6, 7]) });
  expect(turns).toEqual(["ours", "peer", "ours", "peer"]);
  expect(samples).toEqual({ ours: [1, 2, 3, 4], peer: [5, 6, 7] });
});
