import type { Frame } from "./events.ts";
import type { SourceRange } from "./job.ts";

/** The tightest range that a Python frame lies in, or undefined when it is none of the map's. */
export const locate = (sourceMap: readonly SourceRange[], frame: Frame): SourceRange | undefined => {
  const file = sourceMap.filter((range) => range.file === frame.file);
  const whole = tightest(file.filter((range) => startsIn(range, frame) && endsIn(range, frame)));
  return whole ?? tightest(file.filter((range) => startsIn(range, frame)));
};

/** The range of the innermost frame that the map knows: the user's own layer, however deep inside a library it failed. */
export const locateFailure = (sourceMap: readonly SourceRange[], frames: readonly Frame[]): SourceRange | undefined => {
  for (const frame of frames.toReversed()) {
    const range = locate(sourceMap, frame);
    if (range) return range;
  }
  return undefined;
};

const startsIn = (range: SourceRange, { line, column }: Frame): boolean => {
  if (line < range.line || line > range.endLine) return false;
  if (column === null) return true;
  return (line > range.line || column >= range.column) && (line < range.endLine || column < range.endColumn);
};

const endsIn = (range: SourceRange, { endLine, endColumn }: Frame): boolean =>
  endLine === null ||
  endLine < range.endLine ||
  (endLine === range.endLine && (endColumn === null || endColumn <= range.endColumn));

const tightest = (ranges: readonly SourceRange[]): SourceRange | undefined =>
  ranges.reduce<SourceRange | undefined>((best, range) => (best && !isTighter(range, best) ? best : range), undefined);

const isTighter = (one: SourceRange, other: SourceRange): boolean => {
  const lines = one.endLine - one.line - (other.endLine - other.line);
  return lines === 0 ? one.endColumn - one.column < other.endColumn - other.column : lines < 0;
};
