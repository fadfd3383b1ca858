// Snippets of nginx's own words, in annotations and in the ConfigMap of ingress-nginx → what they may change.
// https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet

import { because, type Cause, describeCause } from "../../cause.ts";
import type { Hsts } from "../../facts/endpoint.ts";
import { type Fact, isShown, unknown } from "../../facts/fact.ts";
import { parseHsts } from "../../facts/hsts.ts";
import { directives } from "../../facts/service.ts";
import { text } from "../../text.ts";
import type { Settings } from "./nginx-config.ts";
import { type KubernetesObject, standIn } from "./object.ts";

const withoutComments = (snippet: unknown): string => String(snippet).replace(/#.*$/gm, "");

/** Whether it sets versions or cipher suites. */
export const setsTls = (snippet: unknown): boolean => /\bssl_(protocols|ciphers)\b/.test(withoutComments(snippet));

/** Why TLS is not known: a snippet of an Ingress counts where the controller allows them, by default not since 1.9. */
export function tlsSnippet({ annotations }: KubernetesObject, { allowsSnippets }: Settings): Fact<never> | undefined {
  const name = "nginx.ingress.kubernetes.io/server-snippet";
  const snippet = annotations.value(name);
  const isIgnored = isShown(allowsSnippets) && !allowsSnippets.value;
  if (snippet.state === "absent" || isIgnored || (isShown(snippet) && !setsTls(snippet.value))) return undefined;
  const open = isShown(snippet) ? unknown(because`its snippet may set ssl_protocols or ssl_ciphers`) : snippet;
  return { ...open, ...standIn(annotations, name) };
}

/** The header that a snippet sets, or the controller's own. */
export function hstsOf({ annotations }: KubernetesObject, { hsts, allowsSnippets }: Settings): Hsts {
  const name = "nginx.ingress.kubernetes.io/configuration-snippet";
  const snippet = annotations.value(name);
  const isIgnored = isShown(allowsSnippets) && !allowsSnippets.value;
  if (snippet.state === "absent" || isIgnored) return hsts;
  const stand = standIn(annotations, name);
  const sameOf = (cause: Cause): Hsts => directives({ ...unknown(cause), ...stand });
  if (!isShown(snippet)) return directives({ ...snippet, ...stand });
  const words = withoutComments(snippet.value);
  if (!/strict-transport-security/i.test(words)) return hsts;
  if (!isShown(allowsSnippets)) {
    const { cause, kind } = allowsSnippets;
    const note = text`its snippet sets the header if the controller allows snippets: ${describeCause(cause)}`;
    return sameOf({ reason: "other", note, kind });
  }
  // Of two headers a browser takes the first (RFC 6797 section 8.1).
  const isSent = isShown(hsts.maxAge) && hsts.maxAge.value > 0;
  if (isSent) return sameOf(because`the controller and its snippet both set the header, and one of them counts`);
  const written = headerIn(words);
  if (written === undefined || /\{/.test(words)) return sameOf(because`tlsgate does not evaluate its snippet`);
  return directives({ ...snippet, value: parseHsts(written), ...stand });
}

/** more_set_headers "Strict-Transport-Security: max-age=…", or add_header Strict-Transport-Security "max-age=…" always */
const headerIn = (snippet: string): string | undefined =>
  /^\s*more_set_headers\s+"Strict-Transport-Security:([^"$]*)"\s*;/im.exec(snippet)?.[1] ??
  /^\s*add_header\s+Strict-Transport-Security\s+"([^"$]*)"(?:\s+always)?\s*;/im.exec(snippet)?.[1];
