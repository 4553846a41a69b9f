import { execa } from "execa";
import { counted, type Finding, finding } from "./finding.ts";
import type { Patient } from "./patient.ts";

const oldest = 525;

export const examineDriver = async (patient: Patient): Promise<readonly Finding[]> => {
  const told = await execa("nvidia-smi", ["--query-gpu=driver_version,name", "--format=csv,noheader"], {
    reject: false,
    timeout: 10_000,
    stdin: "ignore",
  });
  if (told.timedOut) {
    const advice = "The driver hangs: restart the machine, or look into its log (dmesg).";
    return [finding("driver", "problem", "nvidia-smi gave no answer within 10 s", advice)];
  }
  if (told.code !== "ENOENT")
    return [judgeDriver(told.exitCode ?? 1, `${told.stdout ?? ""}\n${told.stderr ?? ""}`.trim())];
  const driver = process.platform === "linux" ? (await patient.environment())?.driver : null;
  return [driver ? judgeVersion(String(driver), "a GPU") : noDriver];
};

const noDriver = finding("driver", "ok", "no NVIDIA driver: models train on the CPU");

/** @param printed by nvidia-smi: "550.54.15, NVIDIA H100" for each GPU */
export const judgeDriver = (exitCode: number, printed: string): Finding => {
  const lines = printed.split("\n").filter((line) => /^\d+\.\S*, /.test(line));
  if (exitCode !== 0 || lines.length === 0) {
    const advice = "Install the NVIDIA driver anew, 525 or newer; after an update, restart the machine.";
    return finding("driver", "problem", `nvidia-smi is here but sees no GPU: ${printed.split("\n")[0]}`, advice);
  }
  const [version = "", name] = lines[0]!.split(", ");
  return judgeVersion(version, lines.length === 1 ? `${name}` : `${counted(lines.length, "GPU")}, the first a ${name}`);
};

const judgeVersion = (version: string, gpus: string): Finding => {
  const text = `NVIDIA driver ${version} for ${gpus}`;
  if (Number.parseInt(version, 10) >= oldest) return finding("driver", "ok", `${text}: new enough for CUDA 12`);
  const advice = `Update it to ${oldest} or newer; until then models train on the CPU.`;
  return finding("driver", "problem", `${text} is too old for CUDA 12`, advice);
};
