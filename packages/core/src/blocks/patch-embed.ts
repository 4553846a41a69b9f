import { graph } from "../graph/index.ts";

export interface PatchEmbedOptions<Patch, Features, Name> {
  /** Pixels along each side of a patch; what is left over at the right and the bottom is cut off. */
  readonly patch: Patch;
  /** Width of a patch's vector. */
  readonly features: Features;
  /** Of the class. @defaultValue "patchEmbed" */
  readonly name?: Name;
}

/**
 * An image as a sequence of patches, each a vector (Dosovitskiy et al. 2021, ViT). Positions are not added.
 *
 * @example x.pipe(blocks.patchEmbed({ patch: 4, features: 64 })) // [batch, 32, 32, 3] -> [batch, 64, 64]
 */
export const patchEmbed = <
  const Patch extends number,
  const Features extends number,
  const Name extends string = "patchEmbed",
>({
  patch,
  features,
  name = "patchEmbed" as Name,
}: PatchEmbedOptions<Patch, Features, Name>) =>
  graph.block(
    name,
    graph.conv2d(features, { kernel: patch, stride: patch, padding: "VALID" }).reshape([-1, features]),
    { numbered: true },
  );
