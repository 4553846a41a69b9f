import type { Expectations } from "@flaxen/core";

/** The column of the model's only input and that of its only head. */
export const imageAndLabel = (expects: Expectations): { readonly image: string; readonly label: string } => {
  const [image, label] = ["input", "label"].map((role) =>
    Object.keys(expects).find((name) => expects[name]!.role === role),
  );
  return { image: image!, label: label! };
};
