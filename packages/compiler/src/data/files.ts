import type { AssetReference } from "./printer.ts";

/** Gives files of the user's disk names in `assets`: their own, made unique and plain. */
export const createFiles = (kind: "file" | "folder" = "file") => {
  const assets: AssetReference[] = [];
  const nameOf = (path: string): string => {
    const base = path.split(/[\\/]/).at(-1)!;
    const plain = base.replace(/[^A-Za-z0-9._-]/g, "_").replace(/^\.+/, "") || "data";
    for (let n = 1; ; n++) {
      const name = n === 1 ? plain : `${n}-${plain}`;
      if (!assets.some((asset) => asset.name.toLowerCase() === name.toLowerCase())) return name;
    }
  };
  return {
    assets: assets as readonly AssetReference[],
    /** The name of a file in `assets`; the same for the same path. */
    add(path: string): string {
      const known = assets.find((asset) => asset.kind === kind && asset.path === path);
      if (known) return known.name;
      const name = nameOf(path);
      assets.push({ name, kind, path });
      return name;
    },
  };
};
