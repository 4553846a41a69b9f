import { type FindPythonOptions, findPython, type Python } from "../python/find-python.ts";

const found = new Map<string, Promise<Python>>();

/** As `findPython`, which runs each candidate: looked for once by all runners of this process that ask for the same. */
export const sharedPython = ({ python, environment }: FindPythonOptions): Promise<Python> => {
  const { FLAXEN_PYTHON, PATH } = process.env;
  const key = JSON.stringify([python, environment, FLAXEN_PYTHON, PATH]);
  const known = found.get(key);
  if (known) return known;
  const looking = findPython({ python, environment });
  found.set(key, looking);
  looking.catch(() => found.delete(key));
  return looking;
};
