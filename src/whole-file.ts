// Reads files to their end: regular files, and pipes where a person names one. None of them is waited for without an end.

import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";

/** More than any file has that is read beside a plan, in bytes. */
const maxBeside = 64 * 2 ** 20;

/** More than can be made text of, in bytes: what a pipe or a device gives beyond it is not read. */
const maxPiped = 2 ** 30;

/** A FIFO opens without waiting for somebody to write into it. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function withFile<T>(path: string, read: (file: number) => T): T {
  const file = openSync(path, flags);
  try {
    return read(file);
  } finally {
    closeSync(file);
  }
}

const refusal = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code });

/**
 * What a person names: a regular file, or a pipe such as `<(terraform show -json tfplan)`. Errors are those of the system,
 * and ERR_FS_FILE_TOO_LARGE.
 */
export const readInputFile = (path: string): Buffer =>
  withFile(path, (file) => (fstatSync(file).isFile() ? readFileSync(file) : readToEnd(file)));

/**
 * What lies beside a plan or a configuration: a regular file of at most 64 MiB. Errors are those of the system, ENOTSUP
 * for a pipe or a device, and ERR_FS_FILE_TOO_LARGE.
 */
export const readRegularFile = (path: string): string =>
  withFile(path, (file) => {
    const status = fstatSync(file);
    if (!status.isFile()) throw refusal(status.isDirectory() ? "EISDIR" : "ENOTSUP", path);
    if (status.size > maxBeside) throw refusal("ERR_FS_FILE_TOO_LARGE", path);
    return readFileSync(file, "utf8");
  });

/** Reads a pipe whose writer may be slower than the reader; readFileSync would fail then. */
export function readToEnd(file: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.alloc(65_536);
    try {
      const length = readSync(file, chunk);
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, length));
      total += length;
      if (total > maxPiped) throw refusal("ERR_FS_FILE_TOO_LARGE", "the input");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return Buffer.concat(chunks);
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
