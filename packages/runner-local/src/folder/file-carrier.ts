import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import type { LogCarrier, LogTail, ProofOfLife } from "@flaxen/runner";

const pieceSize = 256 * 1024;
/** Milliseconds between two looks where the system does not tell of changes, or forgets to. */
const patience = 40;

/** Reads a run's log as the file that it is. */
export const fileCarrier = (folder: string, proveLife: () => Promise<ProofOfLife>): LogCarrier => ({
  open: async (attempt) => fileTail(join(folder, `attempt-${attempt}`, "events.jsonl")),
  proveLife,
});

const fileTail = (path: string): LogTail => {
  const buffer = new Uint8Array(pieceSize);
  let file: FileHandle | undefined;
  let watcher: FSWatcher | undefined;
  let changed = false;
  let wake: () => void = () => undefined;

  const notice = () => {
    changed = true;
    wake();
  };

  return {
    read: async (offset) => {
      file ??= await openIfThere(path);
      if (!file) return { bytes: buffer.subarray(0, 0), size: 0 };
      watcher ??= watchIfPossible(path, notice);
      changed = false;
      const { bytesRead } = await file.read(buffer, 0, pieceSize, offset);
      const size = bytesRead > 0 ? offset + bytesRead : (await file.stat()).size;
      return { bytes: buffer.subarray(0, bytesRead), size };
    },
    waitForGrowth: (_offset, signal) =>
      new Promise((resolve) => {
        if (changed || signal.aborted) return resolve();
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", done);
          wake = () => undefined;
          resolve();
        };
        const timer = setTimeout(done, patience);
        signal.addEventListener("abort", done, { once: true });
        wake = done;
      }),
    close: async () => {
      watcher?.close();
      await file?.close();
    },
  };
};

const openIfThere = (path: string): Promise<FileHandle | undefined> =>
  open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });

const watchIfPossible = (path: string, notice: () => void): FSWatcher | undefined => {
  try {
    return watch(path, { persistent: false }, notice).on("error", () => undefined);
  } catch {
    return undefined;
  }
};
