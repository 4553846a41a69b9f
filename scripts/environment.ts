// node scripts/environment.ts NAME [--print]: makes a Python environment ready; with --print, prints only its interpreter.
import { ensureEnvironment } from "@flaxen/runner-local";

const [name = "base", flag] = process.argv.slice(2);
const quiet = flag === "--print";
const environment = await ensureEnvironment({
  name,
  onProgress: (text: string) => (quiet ? console.error(text) : console.log(text)),
});
console.log(quiet ? environment.python : `Python environment "${name}": ${environment.python}`);
