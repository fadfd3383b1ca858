// Names that change with their content: a successor can be created before its predecessor is deleted.

import { createHash } from "node:crypto";
import type { Construct } from "constructs";

/** `<path of the construct>-<hash of the content>`, at most 64 characters of letters, digits and hyphens. */
export function hashedName(scope: Construct, content: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 10);
  const readable = scope.node.path.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `${readable.slice(-(64 - hash.length - 1)).replace(/^-/, "")}-${hash}`;
}
