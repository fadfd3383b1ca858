// A Strict-Transport-Security header's text → its directives (RFC 6797 section 6.1).

import type { Hsts, Route } from "./endpoint.ts";
import { isShown } from "./fact.ts";

/** The shortest max-age that counts, in seconds; the preload list (https://hstspreload.org) asks for it too. */
export const oneYear = 31_536_000;

export interface HstsDirectives {
  /** In seconds. */
  readonly maxAge: number;
  readonly includeSubDomains: boolean;
  readonly preload: boolean;
}

/**
 * A browser ignores a header without a valid max-age, with a directive written twice, or with a value for
 * includeSubDomains, which takes none: that is max-age 0 here too.
 * `preload` is no directive of the RFC but of https://hstspreload.org.
 */
export function parseHsts(header: string): HstsDirectives {
  const none = { maxAge: 0, includeSubDomains: false, preload: false };
  const directives = new Map<string, string>();
  for (const part of header.split(";")) {
    const [name = "", value = ""] = part.split(/=(.*)/s).map((text) => text.trim());
    if (name === "") continue;
    if (directives.has(name.toLowerCase())) return none;
    if (name.toLowerCase() === "includesubdomains" && part.includes("=")) return none;
    directives.set(name.toLowerCase(), value);
  }
  const seconds = /^(?:(\d+)|"(\d+)")$/.exec(directives.get("max-age") ?? "");
  if (!seconds) return none;
  return {
    maxAge: Number(seconds[1] ?? seconds[2]),
    includeSubDomains: directives.has("includesubdomains"),
    preload: directives.has("preload"),
  };
}

/** A route whose answers can carry the header. */
export type HstsRoute = Route & { readonly hsts: Hsts };

/** The routes that answer HTTPS. */
export const hstsRoutes = (routes: readonly Route[]): HstsRoute[] =>
  routes.flatMap(({ hsts, ...route }) => (hsts ? [{ ...route, hsts }] : []));

/** Whether a route sends the header, or may: what it says of subdomains and preloading is judged only then. */
export const withHsts = ({ hsts }: HstsRoute): boolean => !isShown(hsts.maxAge) || hsts.maxAge.value > 0;
