import { graph } from "../src/graph/index.ts";

/** A value of the DSL as plain JavaScript sees it: mistakes that types refuse can be made. */
export const untyped = (value: unknown): any => value;

export const image = graph.input("image", [28, 28, 1]);
export const row = graph.input("row", [10]);
export const ids = graph.input("ids", [16], { dtype: "int" });
export const times = graph.input("times", ["time", 8]);
