import { createFiles } from "./files.ts";
import { type AssetReference, type DataPrinter, setAside } from "./printer.ts";

type Texts = readonly ({ readonly path: string } | { readonly sha256: string })[];
interface TextParams {
  readonly texts: Texts;
  readonly validation?: number | Texts;
  readonly test?: number | Texts;
  readonly tokenizer: string;
  readonly vocab?: number;
  readonly lowercase: boolean;
  readonly length?: number;
  readonly stride?: number;
}

export const text: DataPrinter<TextParams> = {
  config: ({ texts, tokenizer, vocab, lowercase, length, stride, ...ways }, expects) => {
    const files = createFiles();
    const inline = new Map<string, AssetReference>();
    const named = (given: Texts) =>
      given.map((one) => {
        if ("path" in one) return files.add(one.path);
        const name = `${one.sha256}.txt`;
        inline.set(name, { name, kind: "bytes", sha256: one.sha256 });
        return name;
      });
    const config = {
      kind: "text",
      column: Object.keys(expects)[0]!,
      files: named(texts),
      ...setAside(ways, (how) => (typeof how === "object" ? named(how) : how)),
      tokenizer,
      vocab: vocab ?? null,
      lowercase,
      length: length ?? null,
      stride: stride ?? null,
    };
    return { config, assets: [...files.assets, ...inline.values()] };
  },
  isBytes: () => false,
};
