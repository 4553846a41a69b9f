import { graph } from "../graph/index.ts";

/** Dropout, or nothing at exactly 0: drawing numbers that drop nothing costs time. */
export const dropout = (rate: number) => (rate === 0 ? graph.identity() : graph.dropout(rate));

/** The same for whole examples. */
export const dropPath = (rate: number) => (rate === 0 ? graph.identity() : graph.dropPath(rate));
