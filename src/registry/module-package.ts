// Packs files into an archive whose bytes depend on nothing but the files: one checksum on every machine.

import { createHash } from "node:crypto";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { extract, pack } from "tar-stream";
import { InputError } from "../input-error.ts";
import { hash1 } from "./dirhash.ts";
import { byPath, type PackageFile } from "./package-files.ts";

export interface ModulePackage {
  readonly files: readonly PackageFile[];
  /** A gzipped tar archive with the module's directory as its root. */
  readonly archive: Buffer;
  /** Of the archive, in hexadecimal. */
  readonly sha256: string;
  /** Of the files, as `terraform init` unpacks them. */
  readonly h1: string;
}

export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** 1980-01-01, the first day that every archive format can hold; SOURCE_DATE_EPOCH says otherwise. */
const standardTime = 315_532_800;

/**
 * `time`: of all entries, in seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/). Owners are 0,
 * modes 0644 or 0755, entries sorted.
 */
export async function packModule(files: readonly PackageFile[], time = standardTime): Promise<ModulePackage> {
  const tar = pack();
  const sorted = [...files].sort(byPath);
  for (const { path, content, isExecutable } of sorted) {
    tar.entry(
      { name: path, mode: isExecutable ? 0o755 : 0o644, mtime: new Date(time * 1000), uid: 0, gid: 0, type: "file" },
      content,
    );
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  const archive = gzipSync(Buffer.concat(chunks), { level: constants.Z_BEST_COMPRESSION });
  // The system that packed it, which zlib writes there (RFC 1952, 2.3.1): 255 is "unknown".
  archive[9] = 255;
  return { files: sorted, archive, sha256: sha256Of(archive), h1: hash1(sorted) };
}

/** SOURCE_DATE_EPOCH; undefined where it is not set. Throws an InputError where it is no number of seconds. */
export function sourceDateEpoch({ SOURCE_DATE_EPOCH: text }: NodeJS.ProcessEnv): number | undefined {
  if (text === undefined || text === "") return undefined;
  const seconds = Number(text);
  // The last second that a tar header can hold in its octal digits.
  if (Number.isInteger(seconds) && seconds >= 0 && seconds < 8 ** 11) return seconds;
  throw new InputError(`SOURCE_DATE_EPOCH is not a number of seconds (got ${JSON.stringify(text)}).`);
}

/** More than any module unpacks to, in bytes. */
const maxUnpacked = 256 * 2 ** 20;

/** The files of an archive. Throws an InputError where it is damaged, too large, or leads outside of itself. */
export async function unpackModule(archive: Buffer, name: string): Promise<PackageFile[]> {
  const files: PackageFile[] = [];
  try {
    const tar = extract();
    tar.end(gunzipSync(archive, { maxOutputLength: maxUnpacked }));
    for await (const entry of tar) {
      const { name: path, type, mode = 0 } = entry.header;
      if (type !== "file" || !isInside(path))
        throw new InputError(`${name} holds ${JSON.stringify(path)}, which no module may hold.`);
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      files.push({ path, content: Buffer.concat(chunks), isExecutable: (mode & 0o100) !== 0 });
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name} is a damaged archive.`);
  }
  return files;
}

const isInside = (path: string): boolean =>
  !path.startsWith("/") && !path.includes("\\") && path.split("/").every((step) => step !== ".." && step !== "");
