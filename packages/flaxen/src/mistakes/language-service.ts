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

/** What an editor underlines. */
export interface Marked {
  /** Place and length in the file's text. */
  readonly start: number;
  readonly length: number;
  /** Its lines, as the editor's box shows them. */
  readonly message: string;
  /** "ts(2345)" */
  readonly code: string;
}

/** What an editor underlines in each file. */
export const diagnose = (configuration: string, files: readonly string[]): readonly (readonly Marked[])[] => {
  const service = serviceOf(configuration);
  const marked = files.map((file) =>
    [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map(
      ({ start = 0, length = 0, messageText, code }): Marked => ({
        start,
        length,
        message: ts.flattenDiagnosticMessageText(messageText, "\n"),
        code: `ts(${code})`,
      }),
    ),
  );
  service.dispose();
  return marked;
};
