import { type TestFunction, test } from "vitest";

/** What brought the log's bytes while the fault struck: the file itself, or a byte stream that may break. */
export type FaultCarrier = "file" | "stream";

/**
 * A test that injects a fault of the matrix in docs/faults.md. Its title carries the row's number and the carrier, so that
 * the table there can name it: `fault(4, "file")("the parent is killed …", async () => …)`.
 */
export const fault =
  (row: number, carrier: FaultCarrier) =>
  (title: string, body: TestFunction, timeout?: number): void => {
    test(`fault ${row} (${carrier}): ${title}`, body, timeout);
  };
