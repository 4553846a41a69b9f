import { join } from "node:path";
import { type AttachOptions, type Run, runFromLog } from "@flaxen/runner";
import { writeRequest } from "../folder/control.ts";
import { fileCarrier } from "../folder/file-carrier.ts";
import type { JobFile } from "../folder/job-file.ts";
import { type OwnSupervisor, proveLife } from "../folder/prove-life.ts";

/** A run over its folder: read as the file that its log is, asked through its control inbox. */
export const openRun = (
  folder: string,
  { run, sourceMap, sites, dataSite }: Pick<JobFile, "run" | "sourceMap" | "sites" | "dataSite">,
  { signal, from }: AttachOptions,
  own?: OwnSupervisor,
): Run =>
  runFromLog({
    id: run,
    folder,
    carrier: fileCarrier(folder, () => proveLife(folder, own)),
    origins: { sourceMap, sites, dataSite },
    request: (verb, request) => writeRequest(folder, verb, request),
    artifactPath: async (name) => join(folder, "artifacts", name),
    signal,
    from,
  });
