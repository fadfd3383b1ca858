// The text of a certificate in an attribute → its names, its key and its signature.

import { because } from "../cause.ts";
import type { Certificate } from "../facts/endpoint.ts";
import { isShown, standAt, unknown } from "../facts/fact.ts";
import { readCertificate } from "../facts/x509.ts";
import type { Block } from "../plan/block.ts";

export type ReadPem = Required<Pick<Certificate, "names" | "key" | "digest">>;

/** Nothing where the plan does not show the text, or it is no PEM certificate. */
export function readPem(block: Block, attribute: string): ReadPem | undefined {
  const text = block.value(attribute);
  const read = isShown(text) ? readCertificate(String(text.value)) : undefined;
  if (!isShown(text) || !read) return undefined;
  const stand = standAt(block, attribute);
  const unread = { ...unknown(because`the certificate's key could not be read`), ...stand };
  return {
    names: read.names.map((value) => ({ ...text, value, ...stand })),
    key: read.key ? { ...text, value: read.key, ...stand } : unread,
    digest: read.digest && { ...text, value: read.digest, ...stand },
  };
}
