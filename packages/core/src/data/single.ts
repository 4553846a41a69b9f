import type { Site } from "@flaxen/errors";
import { DataMismatchError } from "./errors.ts";
import type { Expectations } from "./expectations.ts";

/**
 * Throws unless a model has one input for images and one head for their ten classes. A head that learns from the image
 * itself needs no labels.
 */
export const singleImageAndLabel = (
  use: string,
  expectations: Expectations,
  shapes: readonly (readonly number[])[],
  site?: Site | undefined,
): void => {
  const refusal = (problem: string) => new DataMismatchError(`${use}: ${problem}`, { site });
  const inputs = Object.entries(expectations).filter(([, { role }]) => role === "input");
  const targets = Object.entries(expectations).filter(([, { role }]) => role !== "input");
  const [input, target] = [inputs[0], targets[0]];
  if (inputs.length !== 1 || targets.length > 1 || !input)
    throw refusal(
      `it has one image and one label per row, but the model has ${inputs.length} inputs and ${targets.length} heads. Use data.arrays or data.idx.`,
    );
  const [name, image] = input;
  if (image.role === "input") {
    const wanted = shapes.map((shape) => `[${shape.join(", ")}]`).join(" or ");
    if (image.dtype !== "float") throw refusal(`its images are floats, but input "${name}" is int.`);
    if (!shapes.some((shape) => shape.join() === image.shape.join()))
      throw refusal(`its images are ${wanted}, but input "${name}" is [${image.shape.join(", ")}].`);
  }
  if (target === undefined) return;
  const [head, label] = target;
  const predicted = label.role === "label" || label.role === "labels" ? `${label.classes} classes` : "numbers";
  if (label.role === "label" && label.shape)
    throw refusal(
      `it has one label per image, but head "${head}" predicts one for every position. Flatten its features.`,
    );
  if (label.role !== "label" || label.classes !== 10)
    throw refusal(`its labels are ten classes, but head "${head}" predicts ${predicted}.`);
};
