// Where a finding stands in the repository: the path and line that annotations and links point to.

import { posix } from "node:path";
import type { SourceLocation } from "../findings/finding.ts";

/**
 * The path of a source from the root of the repository. `directory`: the working directory, from the same root; sources
 * are relative to it. An absolute path, and one that leaves the repository, stay as they are.
 */
export function inRepository({ file }: SourceLocation, directory = ""): string {
  return isOutside(file) ? file : posix.normalize(posix.join(directory, file));
}

/** Nothing in a repository has such a path. */
export const isOutside = (path: string): boolean => posix.isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path);

/** As a person would write it, `aws_lb.front · tls[0].floor`; the resource alone where there is no attribute. */
export const place = (address: string, at: string): string => (at === "" ? address : `${address} · ${at}`);

/** At most so many characters, with an ellipsis where some are left out. */
export function shortened(text: string, room: number): string {
  const characters = [...text];
  return characters.length > room ? `${characters.slice(0, room - 1).join("")}…` : text;
}
