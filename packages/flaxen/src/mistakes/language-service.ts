import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import ts from "typescript-6";

/** The language service of an editor on the files of one `tsconfig.json`. */
const serviceOf = (configuration: string): ts.LanguageService => {
  const { config } = ts.readConfigFile(configuration, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(configuration));
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) =>
      ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, "utf8")) : undefined,
    getCurrentDirectory: () => dirname(configuration),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
};

/** What an editor shows over places of a file: the type, and the first paragraph of what is written about it. */
export const quickInfo = (configuration: string, file: string, places: readonly number[]): readonly string[] => {
  const service = serviceOf(configuration);
  const shown = places.map((place) => {
    const info = service.getQuickInfoAtPosition(file, place);
    const text = ts.displayPartsToString(info?.displayParts);
    const about = ts.displayPartsToString(info?.documentation).split("\n\n")[0]!.replaceAll("\n", " ");
    return about ? `${text}\n${about}` : text;
  });
  service.dispose();
  return shown;
};
