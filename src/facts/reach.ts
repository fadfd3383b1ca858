// Whether a host is reached in a private network, by its name or address alone.

import type { Reach } from "./endpoint.ts";
import { isShown, type Value } from "./fact.ts";

/** RFC 1918, 6598, 3927 and 1122; of IPv6, RFC 4193 and 4291. */
const privateAddress =
  /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][\da-f]{2}:|fe[89ab][\da-f]:|::1$)/i;

/** Single labels, .local (RFC 6762), .internal (ICANN), .svc (Kubernetes): names that no public DNS holds. */
const privateName = /^[\w-]+$|\.(local|internal|svc)$/i;

/** Of a host, or of a URL: public wherever it does not show otherwise. */
export function reachOf(host: Value): Reach {
  if (!isShown(host)) return "public";
  const [, bracketed, plain = ""] = /^(?:\w+:\/\/)?(?:\[([^\]]+)\]|([^/:]*)(?=[/:]|$))/.exec(String(host.value)) ?? [];
  const isBare = /^[\da-f:]*:[\da-f:]*:[\da-f:.]*$/i.test(String(host.value));
  const name = bracketed ?? (isBare ? String(host.value) : plain.replace(/\.$/, ""));
  const isAddress = name.includes(":") || /^[\d.]+$/.test(name);
  return (isAddress ? privateAddress : privateName).test(name) ? "private" : "public";
}
