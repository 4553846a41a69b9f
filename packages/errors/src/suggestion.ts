import leven from "leven";

/** The candidate that a misspelt word most likely meant, or undefined when none is near. */
export const closest = (word: string, candidates: Iterable<string>): string | undefined => {
  const reach = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = leven(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= reach && (!best || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
};

/** ` Did you mean "kernel"?` or, with nothing near, ` Known: kernel, stride.` */
export const didYouMean = (word: string, candidates: Iterable<string>): string => {
  const all = [...candidates];
  const near = closest(word, all);
  return near === undefined ? ` Known: ${all.join(", ")}.` : ` Did you mean "${near}"?`;
};
