// What endpoints that AWS runs for their owner have in common: one route, one name, a certificate in a certain region.

import type { Endpoint, Route, TlsVersion } from "../../facts/endpoint.ts";
import { type Decided, type Fact, fact, known, mapped, standAt, unknown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { certificateTargets, certificateUse } from "./certificate-use.ts";

/** What a service does whatever the configuration says. */
export const always = <T>(resource: Resource, value: T, note: string): Fact<T> => ({
  ...known(value),
  ...standAt(resource, ""),
  note,
});

/** What neither the plan nor a page of the service tells. */
export const untold = (resource: Resource, cause: string): Fact<never> => ({
  ...unknown(cause),
  ...standAt(resource, ""),
});

/** The one route of an endpoint that passes on the headers of what answers behind it. */
export function onlyRoute(resource: Resource, plainHttp: Route["plainHttp"], behind: string): Route {
  const header = untold(resource, `${behind} sends the Strict-Transport-Security header or not, outside the plan`);
  return { path: "*", plainHttp, hsts: { maxAge: header, includeSubDomains: header, preload: header } };
}

export const nameOf = (block: Block, attribute: string): Fact<string> =>
  fact(block, attribute, {
    read: (value) => (typeof value === "string" ? value : undefined),
    absent: { unknown: `${attribute} is not set` },
  });

/** What the endpoint of a service negotiates. */
export interface Security {
  readonly minimumTls: TlsVersion;
  readonly forwardSecrecy: boolean;
  readonly aeadOnly: boolean;
}

export const secured = (security: Fact<Security>): { readonly [K in keyof Security]: Fact<Security[K]> } => ({
  minimumTls: mapped(security, ({ minimumTls }) => minimumTls),
  forwardSecrecy: mapped(security, ({ forwardSecrecy }) => forwardSecrecy),
  aeadOnly: mapped(security, ({ aeadOnly }) => aeadOnly),
});

type Certified = Pick<Endpoint, "certificate" | "certificates">;

/** The certificate of a name of its owner's, by its ARN; it has to be in the region that is required. */
export function certified(block: Block, attribute: string, required: string | Decided<string>): Certified {
  const stand = standAt(block, attribute);
  const link = block.link(attribute, certificateTargets);
  if (link.state === "absent") return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  const whose = link.state === "unknown" ? unknown(link.cause) : known("own" as const);
  return { certificate: { ...whose, ...stand }, certificates: [certificateUse({ block, attribute, link }, required)] };
}
