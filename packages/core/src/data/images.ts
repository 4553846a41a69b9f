import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import { DataMismatchError } from "./errors.ts";
import { checkShares, checkStratify, drawn, type FoldSplit, fraction, type HasRows, type RatioSplit } from "./split.ts";

const use = "data.images";

const heldOut = role
  .host(
    z.union([fraction, z.string().min(1), drawn(z.never())], {
      error: "must be a share between 0 and 1, the path of a folder, { ratio, stratify? } or { fold, of, stratify? }",
    }),
  )
  .optional();

export const imagesData = defineData({
  type: "images",
  doc: "A folder with a sub-folder of images for each class.",
  parameters: z.strictObject({
    /** The folder. */
    path: role.host(z.string().min(1)),
    validation: heldOut,
    test: heldOut,
    fit: role.host(z.enum(["crop", "stretch"])).default("crop"),
  }),
  hasValidation: ({ validation }) => validation !== undefined,
  check: (ways, expectations, site) => {
    const refusal = (problem: string) => new DataMismatchError(`${use}: ${problem}`, { site });
    const inputs = Object.entries(expectations).filter(([, { role }]) => role === "input");
    const targets = Object.entries(expectations).filter(([, { role }]) => role !== "input");
    const [input, head] = [inputs[0], targets[0]];
    if (inputs.length !== 1 || targets.length !== 1 || !input || !head)
      throw refusal(
        `it has one image and one class per row, but the model has ${inputs.length} inputs and ${targets.length} heads that need a column.`,
      );
    const [name, image] = input;
    if (image.role !== "input" || image.dtype !== "float" || image.shape.length !== 3)
      throw refusal(`its images are float [height, width, channels], but input "${name}" is not.`);
    if (image.shape.some((size) => typeof size !== "number") || ![1, 3, 4].includes(image.shape[2] as number))
      throw refusal(
        `input "${name}" is [${image.shape.join(", ")}], but images are made [height, width, 1] (grey), [height, width, 3] (colours) or [height, width, 4] (and transparency).`,
      );
    if (head[1].role !== "label" || head[1].shape !== undefined)
      throw refusal(`its sub-folders are classes, but head "${head[0]}" does not predict one class per image.`);
    checkStratify(use, ways, expectations, site);
    checkShares(use, ways, site);
  },
});

/** What `validation` and `test` of images may be. */
export type ImagesValidation = number | string | RatioSplit<never> | FoldSplit<never> | undefined;

export interface ImagesOptions<V, T = undefined> {
  /** Another folder with the same sub-folders, a share of the images, or a fold. Without it nothing validates. */
  readonly validation?: V;
  /** In the same forms: images that test, once, at the end. */
  readonly test?: T;
  /**
   * How an image of another shape gets that of the input: "crop" keeps its proportions and cuts off what stands over on
   * both sides, "stretch" keeps all of it. @defaultValue "crop"
   */
  readonly fit?: "crop" | "stretch";
}

/**
 * A folder with a sub-folder for each class, whose name is the class's: `flowers/rose/1.jpg`. PNG, JPEG, BMP, GIF and WebP.
 *
 * The model has one input `[height, width, channels]`, 1 channel for grey, 3 for colours, and one classification. Images
 * are decoded and resized once, bilinearly, and kept; they reach the model divided by 255.
 *
 * @example data.images("flowers", { validation: { ratio: 0.2, stratify: "flower" } })   // input [64, 64, 3]
 */
export const images = <const V extends ImagesValidation = undefined, const T extends ImagesValidation = undefined>(
  folder: string,
  options: ImagesOptions<V, T> = {},
): Data<HasRows<V>, HasRows<T>> => createData(imagesData, { ...options, path: folder }, use, callSite(images));
