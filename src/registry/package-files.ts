// The files of a module's directory, and what keeps them from being published.

import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface PackageFile {
  /** Below the module's directory, with slashes. */
  readonly path: string;
  readonly content: Buffer;
  readonly isExecutable: boolean;
}

/** Files larger than this do not belong into a module, in bytes. */
const maxFile = 8 * 2 ** 20;

/** In PEM (RFC 7468), of any algorithm, encrypted or not; its lines can be written with \n. A test of messages may name the label. */
const privateKey = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?:\s|\\n)+(?:[\w-]+: [^\n]*\n\s*)*[A-Za-z0-9+/=]{40}/;

/** Left out without a word: they belong to the author's repository and editor, not to the module. */
const leftOut = /^(?:\.git|\.github|\.gitignore|\.gitattributes|\.idea|\.vscode|\.DS_Store|node_modules)$/;

/** What must not be published, with the reason. */
const refused: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^\.terraform$/, "is what terraform init installs: delete it"],
  [/\.tfstate(?:\..*)?$/, "is a state, which can hold secrets: delete it"],
  [
    /\.tfvars(?:\.json)?$/,
    "holds values of variables, which can be secrets: give the variables defaults, or set them in an example",
  ],
  [/\.tfplan$/, "is a plan, which can hold secrets: delete it"],
  [/^crash(?:\..*)?\.log$/, "is a crash log, which can hold secrets: delete it"],
  [/(?:^|\.)(?:key|pfx|p12|jks)$/, "looks like a private key: delete it"],
  [/^\.env(?:\..*)?$/, "can hold secrets: delete it"],
];

export interface ReadFiles {
  /** Sorted by path. */
  readonly files: readonly PackageFile[];
  /** "path: reason", sorted. */
  readonly problems: readonly string[];
}

/** Reads a directory and all below it, `depth` levels deep. Links are not followed: a package cannot hold them. */
export function readModuleFiles(root: string, depth = Number.POSITIVE_INFINITY): ReadFiles {
  const files: PackageFile[] = [];
  const problems: string[] = [];

  const visit = (directory: string, level: number): void => {
    for (const name of readdirSync(join(root, directory)).sort()) {
      if (leftOut.test(name)) continue;
      const path = directory === "" ? name : `${directory}/${name}`;
      const reason = refused.find(([pattern]) => pattern.test(name))?.[1];
      const status = lstatSync(join(root, path));
      if (reason !== undefined) problems.push(`${path} ${reason}.`);
      else if (status.isSymbolicLink()) problems.push(`${path} is a link, which no package can hold: copy the file.`);
      else if (status.isDirectory()) {
        if (level < depth) visit(path, level + 1);
      } else if (!status.isFile()) problems.push(`${path} is not a regular file.`);
      else if (status.size > maxFile)
        problems.push(`${path} has more than 8 MiB: keep large files outside of a module.`);
      else if (/[\n\r\\]/.test(name))
        problems.push(`${JSON.stringify(path)} has a name that no other system can hold.`);
      else {
        const content = readFileSync(join(root, path));
        if (privateKey.test(content.toString("latin1"))) problems.push(`${path} holds a private key: delete it.`);
        else files.push({ path, content, isExecutable: (status.mode & 0o100) !== 0 });
      }
    }
  };

  visit("", 0);
  return { files: files.sort(byPath), problems };
}

/** By the bytes of their names, whatever the locale. */
export const byPath = (one: { readonly path: string }, other: { readonly path: string }): number =>
  Buffer.compare(Buffer.from(one.path), Buffer.from(other.path));
