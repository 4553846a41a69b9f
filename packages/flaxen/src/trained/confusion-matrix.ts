import type { Binary, Classes } from "@flaxen/core";

/** How often each class was predicted for rows of each class. */
export interface ConfusionMatrix {
  /** The classes in order: names where the data's labels are text, else "0", "1", … */
  readonly classes: readonly string[];
  /** `counts[actual][predicted]`: rows, or positions that count. */
  readonly counts: readonly (readonly number[])[];
  /** A table with a row for each actual class. */
  toString(): string;
}

/**
 * What a classification or a binary head predicted, against what is so: one label for each row or position, row after
 * row, a number or, where the data's labels are text, a name. Positions whose label is -1 do not count.
 *
 * Throws a `RangeError` where there are more or fewer labels than predictions, or where one is no class.
 *
 * @example
 * const { digit } = await trained.predict({ image });   // 3 images
 * confusionMatrix(digit, [7, 2, 7]).counts[7]?.[1]      // how many sevens were taken for ones
 */
export const confusionMatrix = (
  predicted: Classes<any, any> | Binary<any>,
  actual: ArrayLike<number> | readonly string[],
): ConfusionMatrix => {
  const { labels, probabilities, names } = predicted;
  if (actual.length !== labels.length)
    throw new RangeError(`confusionMatrix: ${actual.length} labels for ${labels.length} predictions`);
  const binary = probabilities.data.length === labels.length;
  const size = binary ? 2 : probabilities.data.length / labels.length;
  const classes = Array.from({ length: labels.length === 0 ? 0 : size }, (_, place) => names?.[place] ?? String(place));
  const counts = classes.map(() => classes.map(() => 0));
  for (let at = 0; at < labels.length; at++) {
    const given = actual[at]!;
    if (given === -1) continue;
    const place = typeof given === "string" ? classes.indexOf(given) : given;
    const row = counts[place];
    if (row === undefined)
      throw new RangeError(`confusionMatrix: label ${at} is ${given}, but the classes are ${classes.join(", ")}`);
    row[labels[at]!]! += 1;
  }
  return { classes, counts, toString: () => tableOf(classes, counts) };
};

const tableOf = (classes: readonly string[], counts: readonly (readonly number[])[]): string => {
  const rows = [
    ["actual \\ predicted", ...classes],
    ...counts.map((row, place) => [classes[place]!, ...row.map(String)]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join("  ")).join("\n");
};
