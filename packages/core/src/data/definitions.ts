import { UnknownDataError } from "../document/errors.ts";
import { own } from "../document/json.ts";
import type { DataDocument } from "../document/schema.ts";
import { arraysData } from "./arrays.ts";
import { csvData } from "./csv.ts";
import type { DataDefinition } from "./define-data.ts";
import { digitsData } from "./digits.ts";
import { idxData } from "./idx.ts";
import { imagesData } from "./images.ts";
import { mnistData } from "./mnist.ts";
import { parquetData } from "./parquet.ts";
import { rowsData } from "./rows.ts";
import { textData } from "./text.ts";

/** Every kind of data by its type. */
export const dataDefinitions = {
  arrays: arraysData,
  csv: csvData,
  digits: digitsData,
  idx: idxData,
  images: imagesData,
  mnist: mnistData,
  parquet: parquetData,
  rows: rowsData,
  text: textData,
} satisfies Record<string, DataDefinition<any>>;

/** The definition of a document's data; throws where there is none. */
export const dataDefinition = ({ type }: Pick<DataDocument, "type">): DataDefinition<any> => {
  const definition = own<DataDefinition<any>>(dataDefinitions, type);
  if (definition === undefined) throw new UnknownDataError(type, Object.keys(dataDefinitions));
  return definition;
};
