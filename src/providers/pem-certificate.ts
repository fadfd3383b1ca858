// The text of a certificate in an attribute → its names and its key.

import { because } from "../cause.ts";
import type { Certificate } from "../facts/endpoint.ts";
import { isShown, standAt, unknown } from "../facts/fact.ts";
import { readCertificate } from "../facts/x509.ts";
import type { Block } from "../plan/block.ts";

/** Nothing where the plan does not show the text, or it is no PEM certificate. */
export function readPem(block: Block, attribute: string): Required<Pick<Certificate, "names" | "key">> | undefined {
  const text = block.value(attribute);
  const read = isShown(text) ? readCertificate(String(text.value)) : undefined;
  if (!isShown(text) || !read) return undefined;
  const stand = standAt(block, attribute);
  const unread = { ...unknown(because`the certificate's key could not be read`), ...stand };
  return {
    names: read.names.map((value) => ({ ...text, value, ...stand })),
    key: read.key ? { ...text, value: read.key, ...stand } : unread,
  };
}
