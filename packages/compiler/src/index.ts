export { type CompiledExperiment, type CompileOptions, compile } from "./compile.ts";
export { configText } from "./config-text.ts";
export type { AssetReference } from "./data/printer.ts";
export { type ProjectOptions, projectFiles } from "./project-files.ts";
export { weightNames } from "./weight-names.ts";
