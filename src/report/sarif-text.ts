// Text from a plan as a SARIF message and as a URI.

import { onOneLine } from "./printable.ts";

/** Nothing in it is taken for a link or a placeholder, which even plain messages may have (2.1.0, sections 3.11.5 and 3.11.6). */
export const plainText = (text: string): string =>
  onOneLine(text)
    .replaceAll("](", "] (")
    .replace(/\{(?=\d+\})/g, "{ ");

/** A path with forward slashes as a URI reference; an absolute one as a file's URI. */
export function uriOf(path: string): string {
  const whole = path.replace(/\p{Surrogate}/gu, "\ufffd");
  const encoded = encodeURI(whole).replace(/[?#]/g, encodeURIComponent);
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded}`;
  if (path.startsWith("/")) return `file://${encoded}`;
  // A colon in the first segment would make it a scheme.
  return /^[^/]*:/.test(encoded) ? `./${encoded}` : encoded;
}
