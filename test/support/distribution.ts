// A distribution made by hand, sound but for what a test says: for values that the provider would refuse to plan.

import type { Endpoint } from "../../src/facts/endpoint.ts";
import type { Expressions, JsonObject } from "../../src/plan/plan.ts";
import { configured, type Made, plan } from "./made.ts";
import { at, endpointsOf } from "./said.ts";

export const address = "aws_cloudfront_distribution.made";

export const arn = (region: string): string =>
  `arn:aws:acm:${region}:123456789012:certificate/11111111-2222-3333-4444-555555555555`;

export const viewer: JsonObject = {
  acm_certificate_arn: arn("us-east-1"),
  ssl_support_method: "sni-only",
  minimum_protocol_version: "TLSv1.2_2021",
};

export const custom: JsonObject = { origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"] };

export const origin: JsonObject = {
  origin_id: "site",
  domain_name: "origin.example.com",
  custom_origin_config: [custom],
};

export const behavior: JsonObject = {
  target_origin_id: "site",
  viewer_protocol_policy: "redirect-to-https",
  response_headers_policy_id: "67f7725c-6f97-4210-82d7-5512b31e9d03",
};

export const sound: JsonObject = {
  enabled: true,
  http_version: "http2and3",
  aliases: ["www.example.com"],
  origin: [origin],
  default_cache_behavior: [behavior],
  viewer_certificate: [viewer],
};

export interface Around extends Made {
  readonly unknown?: JsonObject;
  readonly secret?: JsonObject;
  /** What is written of the distribution. */
  readonly written?: Expressions;
}

/** The endpoint that a distribution makes, with other resources around it. */
export function distribution(changes: JsonObject = {}, { unknown, secret, written, ...made }: Around = {}): Endpoint {
  const change = {
    after: { ...sound, ...changes },
    after_unknown: (unknown ?? {}) as never,
    after_sensitive: (secret ?? {}) as never,
  };
  const resources = [...(made.root?.resources ?? []), ...(written ? [configured(address, written)] : [])];
  const read = plan({ ...made, root: { ...made.root, resources }, changes: { ...made.changes, [address]: change } });
  return at(endpointsOf(read), address);
}

/** The only one of a list. */
export function only<T>(list: readonly T[]): T {
  const [one, ...others] = list;
  if (one === undefined || others.length > 0) throw new Error(`There are ${list.length}`);
  return one;
}
