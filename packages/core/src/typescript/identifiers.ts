/** Words that no variable of a printed program may be called: JavaScript's own, and globals that it would hide. */
const reserved = new Set(
  [
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends",
    "false finally for function if implements import in instanceof interface let new null package private protected",
    "public return static super switch this throw true try typeof undefined var void while with yield async of",
    "NaN Infinity Object Array Function Symbol Promise globalThis",
  ]
    .join(" ")
    .split(" "),
);

/** Hands out variables of a program: the name itself where it is free, else with a number. */
export interface Identifiers {
  claim(wish: string): string;
}

/** @param taken what the program imports */
export const createIdentifiers = (taken: Iterable<string>): Identifiers => {
  const used = new Set(taken);
  return {
    claim(wish) {
      for (let count = 1; ; count++) {
        const name = count === 1 ? wish : `${wish}_${count}`;
        if (used.has(name) || reserved.has(name)) continue;
        used.add(name);
        return name;
      }
    },
  };
};
