import { randomFrom } from "../../core/test/random.ts";
import { randomPrograms } from "../../core/test/random-programs.ts";
import { compiled, look, misfitOf, printedAnyway } from "./three-ways.ts";

const programs = randomPrograms(randomFrom(Number(process.argv[2] ?? 1)), Number(process.argv[3] ?? 400));
let t = Date.now();
const made = programs.flatMap((p) => {
  if (!p.tensor) return [];
  try {
    return [{ p, c: compiled(p.tensor) }];
  } catch (e: any) {
    console.log("NOTCOMPILED", p.statements, String(e.message ?? e).split("\n")[0]);
    return [];
  }
});
console.log("compiled", made.length, Date.now() - t);
t = Date.now();
const mis = programs.flatMap((p) => {
  const m = misfitOf(p);
  return m ? [{ p, m }] : [];
});
const printed = mis.flatMap((x) => {
  try {
    return [{ ...x, l: printedAnyway(x.m) }];
  } catch (e: any) {
    console.log(
      "NOTPRINTED",
      x.m.node.type,
      JSON.stringify(x.m.node.params),
      JSON.stringify(x.m.operands),
      (x.p.outcome as any).sentence,
      e.message,
    );
    return [];
  }
});
console.log("misfits", programs.filter((p) => !p.tensor).length, mis.length, printed.length);
const seen = look([...made.map(({ c }) => c.look), ...printed.map(({ l }) => l)]);
console.log("python", Date.now() - t);
const sizes: any = { batch: 7, time: 64, height: 50 };
made.forEach(({ p, c }, i) => {
  const s = seen[i]!;
  const o: any = p.outcome;
  const want = o.shape.map((d: any) => (d === "?" ? "\\d+" : (sizes[d] ?? d))).join(",");
  for (const k of [0, 1]) {
    const g: any = typeof s === "string" ? undefined : s[k];
    const ok = g && new RegExp(`^${want}$`).test(g[0].join(",")) && g[1] === (o.dtype === "int" ? "int32" : "float32");
    if (!ok) {
      console.log("WRONG", c.open ? "open" : "", p.statements, "\n   ", JSON.stringify(o), JSON.stringify(s));
      break;
    }
  }
});
printed.forEach(({ p, m, l }, i) => {
  const s = seen[made.length + i]!;
  if (typeof s !== "string")
    console.log(
      "ACCEPTED",
      m.node.type,
      JSON.stringify(m.node.params),
      m.operands.map((o) => o.dtype + " " + o.shape.join(",")).join(" | "),
      "=>",
      JSON.stringify(s[0]),
      "\n    ",
      (p.outcome as any).sentence,
    );
});
console.log("done", Date.now() - t);
