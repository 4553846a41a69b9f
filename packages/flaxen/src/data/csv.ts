import { open } from "node:fs/promises";
import { emptyData } from "../errors/data.ts";

const headerLimit = 1 << 20;

/** The column names in a CSV file's first line. */
export const readCsvHeader = async (path: string, separator: string): Promise<readonly string[]> => {
  await using file = await open(path, "r");
  const buffer = new Uint8Array(headerLimit);
  const { bytesRead } = await file.read(buffer, 0, headerLimit, 0);
  const text = new TextDecoder("utf-8").decode(buffer.subarray(0, bytesRead));
  const names = parseLine(text, separator);
  if (names.length === 0 || (names.length === 1 && names[0] === ""))
    throw emptyData("data.csv", `${path} has no header line and`);
  return names;
};

/** Fields of the first line; quoted ones may hold separators, line breaks and doubled quotes. */
export const parseLine = (text: string, separator: string): readonly string[] => {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') {
        field += letter;
        i++;
      } else quoted = false;
    } else if (letter === '"' && field === "") quoted = true;
    else if (letter === separator) {
      fields.push(field);
      field = "";
    } else if (letter === "\n" || letter === "\r") break;
    else field += letter;
  }
  return text === "" ? [] : [...fields, field];
};
