import { type Finding, finding } from "./finding.ts";

const oldest = [22, 13] as const;

export const examineNode = async (): Promise<readonly Finding[]> => [judgeNode(process.versions.node)];

export const judgeNode = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return enough
    ? finding("node", "ok", `Node.js ${version}`)
    : finding("node", "problem", `Node.js ${version} is too old`, `Install Node.js ${oldest.join(".")} or newer.`);
};
