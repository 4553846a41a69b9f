import { FlaxenError } from "@flaxen/errors";

/** The error that an action throws; another error is thrown when it throws none, or one that is not Flaxen's. */
export const thrown = (action: () => unknown): FlaxenError => {
  try {
    action();
  } catch (error) {
    if (FlaxenError.isInstance(error)) return error as FlaxenError;
    throw error;
  }
  throw new Error("nothing was thrown");
};
