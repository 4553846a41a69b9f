/** The whole surface as a user's script sees it. */
export { local } from "@flaxen/runner-local";
export * from "../index.ts";
