// The hash of a directory's files: "h1:" and the Base64 of a SHA-256, as Go's modules and Terraform's lock file have it.
// https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1

import { createHash } from "node:crypto";

export interface HashedFile {
  /** With slashes. */
  readonly path: string;
  readonly content: Uint8Array;
}

const digest = (files: readonly HashedFile[]) => {
  const lines = files
    .map(({ path, content }) => ({
      name: Buffer.from(path),
      line: `${createHash("sha256").update(content).digest("hex")}  ${path}\n`,
    }))
    .sort((one, other) => Buffer.compare(one.name, other.name))
    .map(({ line }) => line);
  return createHash("sha256").update(lines.join("")).digest();
};

/** "h1:…": equal to Go's `dirhash.Hash1` of the same files. */
export const hash1 = (files: readonly HashedFile[]): string => `h1:${digest(files).toString("base64")}`;

/** The same in hexadecimal, as in-toto writes it under the name "dirHash". */
export const hash1Hex = (hash: string): string => Buffer.from(hash.slice("h1:".length), "base64").toString("hex");
