// The Strict-Transport-Security header of a load balancer's answers: from its backend, changed by the URL map on the way.
// https://cloud.google.com/load-balancing/docs/https/custom-headers-global

import { ambiguous, because, type Cause } from "../../cause.ts";
import type { Hsts } from "../../facts/endpoint.ts";
import {
  agreed,
  causeOf,
  type Decided,
  type Fact,
  isSensitive,
  isShown,
  known,
  mapped,
  type Remedy,
  type Stand,
  standAt,
  unknown,
} from "../../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../../facts/hsts.ts";
import { headerOf } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { backendBuckets, backends, type Reference, referencesOf, resourcesOf, unknownTarget } from "./reference.ts";
import type { Branch, Service } from "./url-map.ts";

const headerName = "strict-transport-security";
const isHeader = (name: unknown): boolean => String(name).trim().toLowerCase() === headerName;
const none: HstsDirectives = { maxAge: 0, includeSubDomains: false, preload: false };

/** The header at one stage of its way, and how to set it there. */
export interface Header {
  readonly value: Decided<HstsDirectives>;
  readonly stand: Stand;
  /** What may be there before a URL map adds to it. */
  readonly source: "url map" | "backend" | "application" | "nobody";
  readonly set?: ((header: string) => Remedy | undefined) | undefined;
}

export function hstsOf({ value, stand, set }: Header): Hsts {
  const part = <T>(choose: (one: HstsDirectives) => T, header: string): Fact<T> => {
    const remedy = set?.(header);
    return mapped({ ...value, ...stand, ...(remedy ? { remedy } : {}) }, choose);
  };
  return {
    maxAge: part((one) => one.maxAge, "max-age=31536000; includeSubDomains"),
    includeSubDomains: part((one) => one.includeSubDomains, "max-age=31536000; includeSubDomains"),
    preload: part((one) => one.preload, "max-age=31536000; includeSubDomains; preload"),
  };
}

/** The header of what a branch leads to, one for each of its backends. */
export const headersOf = (branch: Branch): Header[] =>
  branch.redirect
    ? [ofRedirect(branch.redirect, branch.headerActions)]
    : branch.services.map((service) => byActions(service, branch.headerActions));

/** Classic load balancers have no header actions: https://cloud.google.com/compute/docs/reference/rest/v1/urlMaps */
function byActions(service: Service, outer: readonly Block[]): Header {
  const before = ofService(service);
  const after = [...service.headerActions, ...outer].reduce(changed, before);
  const classic = resourcesOf(service.block, service.attribute, backends).find((one) => isOfScheme(one, "EXTERNAL"));
  if (after === before || !classic) return after;
  const cause = because`Google does not support header actions where load_balancing_scheme is EXTERNAL, as in ${nameText(classic.address)}`;
  return { value: unknown(cause), stand: { ...after.stand, related: [classic.address] }, source: "url map" };
}

/** Header actions are "for the selected backendService": whether they reach a redirect, for which none is, nobody says. */
function ofRedirect(redirect: Block, actions: readonly Block[]): Header {
  const stand = standAt(redirect, "");
  const bare: Header = {
    value: known(none),
    stand: { ...stand, note: text`the load balancer redirects by itself` },
    source: "nobody",
  };
  if (actions.every((action) => changed(bare, action) === bare)) return bare;
  const note = text`Google does not say whether the header actions of a URL map reach the redirects of it`;
  return { value: unknown({ reason: "undocumented", note }), stand, source: "nobody" };
}

function isOfScheme(backend: Resource, name: string): boolean {
  const scheme = backend.value("load_balancing_scheme");
  return isShown(scheme) && scheme.value === name;
}

function ofService({ block, attribute }: Service): Header {
  const [link] = referencesOf(block, attribute, backends);
  const stand = standAt(block, attribute);
  const resources = link?.state === "found" ? link.resources : [];
  const headers = resources.map(headerOfBackend);
  const [first, another] = headers;
  if (first && !another) return first;
  if (!first) return { value: unknownTarget(link as Reference, "backend"), stand, source: "application" };
  const value = agreed(
    headers.map((one) => one.value),
    ambiguous(resources),
  );
  const related = resources.map(({ address }) => address);
  const source = headers.every((one) => one.source === first.source) ? first.source : "application";
  return { value, stand: { ...stand, related }, source };
}

/** What a header action of a URL map makes of a header: the header itself where it leaves it alone. */
function changed(before: Header, action: Block): Header {
  const open = (cause: Cause, stand: Stand): Header => ({ value: unknown(cause), stand, source: "url map" });
  if (action.presence === "unknown") return open(causeOf(action.value("response_headers_to_add")), standAt(action, ""));
  const removed = action.elements("response_headers_to_remove");
  const unclear = removed.find((one) => one.state === "unknown");
  if (unclear) return open(causeOf(unclear), standAt(action, "response_headers_to_remove"));
  const isRemoved = removed.some((one) => isShown(one) && isHeader(one.value));
  const stand = { ...standAt(action, "response_headers_to_remove"), note: text`the URL map removes the header` };
  const start: Header = isRemoved ? { value: known(none), stand, source: "nobody" } : before;
  return action.blocks("response_headers_to_add").reduce(added, start);
}

function added(before: Header, add: Block): Header {
  const name = add.value("header_name");
  const open = (cause: Cause, attribute: string): Header => ({
    value: unknown(cause),
    stand: standAt(add, attribute),
    source: "url map",
  });
  if (name.state === "unknown") return open(name.cause, "header_name");
  if (!isShown(name) || !isHeader(name.value)) return before;
  const replace = add.flag("replace");
  if (replace.state === "unknown") return open(replace.cause, "replace");
  const isReplaced = isShown(replace) && replace.value === true;
  // What is appended comes after what is there, and a browser reads the first header alone (RFC 6797 section 8.1).
  if (!isReplaced && before.source === "url map") return before;
  if (!isReplaced && before.source === "application") {
    const cause = because`the header is appended to the one that the application sends, if it does, and browsers read the first`;
    return { ...open(cause, "replace"), stand: standAt(add, "replace", true) };
  }
  const written = add.value("header_value");
  const attribute = "header_value";
  if (!isShown(written)) return open(causeOf(written), attribute);
  return {
    value: { ...written, value: parseHsts(String(written.value)) },
    stand: standAt(add, attribute),
    source: "url map",
    set: (header) => standAt(add, attribute, header).remedy,
  };
}

const attribute = "custom_response_headers";

/** The header by a backend's custom_response_headers, or what else may send it. */
export function headerOfBackend(backend: Resource): Header {
  const stand = standAt(backend, attribute);
  const headers = backend.elements(attribute);
  const own = headers.find((one) => isShown(one) && isHeader(String(one.value).split(":")[0]));
  const set = (header: string) => remedyOf(backend, header);
  if (own && isOfScheme(backend, "INTERNAL_MANAGED")) {
    // https://cloud.google.com/load-balancing/docs/l7-internal/custom-headers
    const cause = because`internal load balancers take headers from header actions of a URL map alone`;
    return { value: unknown(cause), stand, source: "application" };
  }
  if (own && isShown(own)) {
    const written = String(own.value).replace(/^[^:]*:?/, "");
    return { value: { ...own, value: parseHsts(written) }, stand, source: "backend", set };
  }
  const open = headers.find((one) => one.state === "unknown");
  if (open?.state === "unknown") return { value: open, stand, source: "backend", set: undefined };
  if (backend.type in backendBuckets) {
    const note = text`a bucket sends it only where custom_response_headers says so`;
    return { value: known(none), stand: { ...stand, note }, source: "nobody", set };
  }
  return { value: unknown(headerOf(text`the application behind it`)), stand, source: "application", set };
}

/** The other headers stay as they are; where they are not all shown, nothing can be written for them. */
function remedyOf(backend: Resource, header: string): Remedy | undefined {
  const headers = backend.elements(attribute);
  if (backend.mode === "data" || headers.some((one) => !isShown(one) || isSensitive(one))) return undefined;
  const texts = headers.flatMap((one) => (isShown(one) ? [String(one.value)] : []));
  const others = texts.filter((text) => !isHeader(text.split(":")[0]));
  return standAt(backend, attribute, [`Strict-Transport-Security: ${header}`, ...others]).remedy;
}
