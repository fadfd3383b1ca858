// What endpoints that a cloud runs for their owner have in common: fixed behaviour, one route, a name, one security policy.

import type { Block } from "../plan/block.ts";
import type { Resource } from "../plan/view.ts";
import type { PlainHttp, Route, TlsVersion } from "./endpoint.ts";
import { type Fact, fact, known, mapped, standAt, unknown } from "./fact.ts";

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
export function onlyRoute(resource: Resource, plainHttp: PlainHttp, behind: string): Route {
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
