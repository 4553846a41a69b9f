import { join } from "node:path";
import type { AssetReference } from "@flaxen/compiler";
import type { Asset } from "@flaxen/runner";
import { missingBytes } from "../errors/data.ts";
import { imagesIn, mnistFolder, readableFile } from "./files.ts";

export interface ResolveOptions {
  /** What opens every error's message: "data.csv". */
  readonly use: string;
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** SHA-256 -> bytes that were made in TypeScript. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

/** Finds every asset that a program names: files on this machine's disk, or bytes. Throws `DataError` for a missing one. */
export const resolveAssets = async (
  references: readonly AssetReference[],
  { use, folder, bytes }: ResolveOptions,
): Promise<readonly Asset[]> => {
  const found = references.map(async (reference): Promise<Asset | readonly Asset[]> => {
    const { name } = reference;
    if (reference.kind === "folder") {
      const images = await imagesIn(use, reference.path, folder);
      return images.map(({ name: inner, path }) => ({ name: `${name}/${inner}`, path }));
    }
    if (reference.kind === "file") return { name, path: await readableFile(use, reference.path, folder) };
    if (reference.kind === "mnist")
      return { name, path: await readableFile(use, join(mnistFolder(folder), name), folder) };
    const content = bytes.get(reference.sha256);
    if (content === undefined) throw missingBytes(use, reference.sha256);
    return { name, sha256: reference.sha256, bytes: content };
  });
  return (await Promise.all(found)).flat();
};
