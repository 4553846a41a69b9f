import type { Expectations } from "@flaxen/core";

/** The column of the model's only input and, where it learns from labels, that of its head. */
export const imageAndLabel = (expects: Expectations): { readonly image: string; readonly label?: string } => {
  const [image, label] = ["input", "label"].map((role) =>
    Object.keys(expects).find((name) => expects[name]!.role === role),
  );
  return { image: image!, ...(label !== undefined && { label }) };
};
