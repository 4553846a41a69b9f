const mark = Symbol("returned");

/** What a function gave that was called in the place of a branch: that may be a tensor, as a branch itself may not. */
export interface Returned {
  readonly [mark]: true;
  readonly value: unknown;
}

export const returned = (value: unknown): Returned => ({ [mark]: true, value });

export const isReturned = (value: unknown): value is Returned =>
  typeof value === "object" && value !== null && mark in value;
