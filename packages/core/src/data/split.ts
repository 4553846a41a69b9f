import type { Site } from "@flaxen/errors";
import { z } from "zod";
import { role } from "../nodes/role.ts";
import { EmptyDataError } from "./errors.ts";

/** Share of the rows that is set aside; drawn with `shuffleSeed`. */
export const fraction = role.host(z.number().gt(0).lt(1));

/** Whether a `validation` option makes data with rows to validate on. */
export type HasValidation<V> = [V] extends [undefined] ? false : undefined extends V ? boolean : true;

/** Rows that are left to train on when a share of them validates. Half a row is rounded to even, as Python does. */
export const trainRows = (rows: number, share: number, use: string, site?: Site): number => {
  const exact = rows * share;
  const low = Math.floor(exact);
  const chosen = exact - low === 0.5 ? low + (low % 2) : Math.round(exact);
  if (chosen < 1 || chosen >= rows)
    throw new EmptyDataError(
      `${use}: validation ${share} of ${rows} rows leaves ${rows - chosen} to train on and ${chosen} to validate on. Both need at least one.`,
      { site },
    );
  return rows - chosen;
};
