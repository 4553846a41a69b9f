import { createHash, type Hash } from "node:crypto";
import { constants, type FileHandle, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ArtifactDamagedError } from "../errors/artifact-errors.ts";
import { readFile } from "./read-file.ts";
import type { Connection } from "./reconnecting.ts";

export interface Download {
  readonly connection: Connection;
  readonly run: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly downloads: string;
}

const pieceSize = 1024 * 1024;

/**
 * Brings an artifact here: `<downloads>/<sha256>/<name>`, whole or not at all. What an earlier download, or another
 * process, left half-way is gone on with; what is there already is taken as it is.
 *
 * @returns its absolute path
 * @throws ArtifactDamagedError where the bytes are not those that the run announced
 */
export const downloadArtifact = async (download: Download): Promise<string> => {
  const folder = join(download.downloads, download.sha256);
  const path = join(folder, basename(download.name));
  if (await isThere(path, download.bytes)) return path;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  let sha256 = await fetchInto(part, download);
  if (sha256 !== download.sha256) {
    // What was left there half-way may have been wrong; what comes whole from the run is not.
    await rm(part, { force: true });
    sha256 = await fetchInto(part, download);
  }
  if (sha256 !== download.sha256) {
    await rm(part, { force: true });
    throw new ArtifactDamagedError(download, sha256);
  }
  await rename(part, path).catch(async (error: unknown) => {
    // Another process was quicker: it wrote the same bytes.
    if (!(await isThere(path, download.bytes))) throw error;
  });
  return path;
};

const isThere = async (path: string, bytes: number): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size === bytes;
};

/** Completes the part, every piece at its own place: two who do so at once write the same. The sha256 of all of it. */
const fetchInto = async (part: string, { connection, run, name, bytes }: Download): Promise<string> => {
  const hash = createHash("sha256");
  const file = await open(part, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    let offset = await hashBeginning(file, bytes, hash);
    while (offset < bytes) {
      const limit = Math.min(pieceSize, bytes - offset);
      const piece = await readFile(connection, { run, file: `artifacts/${name}`, offset, limit, wait: 0 });
      if (piece.bytes.length === 0) break;
      await file.write(piece.bytes, 0, piece.bytes.length, offset);
      hash.update(piece.bytes);
      offset += piece.bytes.length;
    }
    await file.truncate(offset);
  } finally {
    await file.close();
  }
  return hash.digest("hex");
};

/** Hashes what is there already, `most` bytes of it; how many they were. */
const hashBeginning = async (file: FileHandle, most: number, hash: Hash): Promise<number> => {
  const buffer = new Uint8Array(pieceSize);
  for (let offset = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(pieceSize, most - offset), offset);
    if (bytesRead === 0) return offset;
    hash.update(buffer.subarray(0, bytesRead));
    offset += bytesRead;
  }
};
