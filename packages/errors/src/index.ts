export { FlaxenError, type FlaxenErrorOptions } from "./flaxen-error.ts";
export { callSite, parseFrame, type Site, showSite } from "./site.ts";
export { closest, didYouMean } from "./suggestion.ts";
