// Names that change with their content: a successor can be created before its predecessor is deleted.

import { createHash } from "node:crypto";
import type { Construct } from "constructs";

/** The shortest limit of all that is named by it: that of CloudWatch's log deliveries. */
const longest = 60;

/**
 * `<path of the construct>-<hash of path and content>`: two stacks of one account, for two environments, need ids of their
 * own. At most 60 characters of letters, digits and hyphens.
 */
export function hashedName(scope: Construct, content: unknown): string {
  const { path } = scope.node;
  const hash = shortHash(JSON.stringify([path, content]));
  const readable = path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `${readable.slice(-(longest - hash.length - 1)).replace(/^-/, "")}-${hash}`;
}

/** The first 10 hexadecimal digits of SHA-256. */
export const shortHash = (content: string): string => createHash("sha256").update(content).digest("hex").slice(0, 10);
