// A Front Door made by hand, sound but for what a test says: for what the provider would refuse, or no corpus holds.

import { collect } from "../../../src/facts/collect.ts";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { Json, JsonObject } from "../../../src/plan/plan.ts";
import frontDoor from "../../../src/providers/azure/front-door.ts";
import { configured, type Made, plan, refersTo, viewAfter } from "../../support/made.ts";
import { at } from "../../support/said.ts";

export const domain = "azurerm_cdn_frontdoor_custom_domain.made";
export const endpoint = "azurerm_cdn_frontdoor_endpoint.made";
export const group = "azurerm_cdn_frontdoor_origin_group.made";
export const origin = "azurerm_cdn_frontdoor_origin.made";
export const route = "azurerm_cdn_frontdoor_route.made";
export const rule = "azurerm_cdn_frontdoor_rule.made";
export const ruleSet = "azurerm_cdn_frontdoor_rule_set.made";

export const hsts = {
  header_name: "Strict-Transport-Security",
  header_value: "max-age=31536000",
  operator: "Overwrite",
};

/** What a resource holds, which of it is known after apply, and what that refers to. */
export interface Part {
  readonly after?: JsonObject;
  readonly refers?: { readonly [attribute: string]: readonly string[] };
  readonly unknown?: Json;
}

export type Parts = { readonly [address: string]: Part | undefined };

export const sound: Parts = {
  [domain]: { after: { host_name: "www.example.com", tls: [{ minimum_version: "TLS12" }] } },
  [endpoint]: { after: { name: "made" } },
  [group]: { after: { name: "made" } },
  [origin]: {
    after: { host_name: "origin.example.net", certificate_name_check_enabled: true },
    refers: { cdn_frontdoor_origin_group_id: [`${group}.id`] },
  },
  [ruleSet]: { after: { name: "made" } },
  [rule]: {
    after: { order: 1, actions: [{ modify_response_header: [hsts] }] },
    refers: { cdn_frontdoor_rule_set_id: [`${ruleSet}.id`] },
  },
  [route]: {
    after: {
      patterns_to_match: ["/*"],
      supported_protocols: ["Http", "Https"],
      https_redirect_enabled: true,
      forwarding_protocol: "HttpsOnly",
      link_to_default_domain: false,
    },
    refers: {
      cdn_frontdoor_custom_domain_ids: [`${domain}.id`],
      cdn_frontdoor_endpoint_id: [`${endpoint}.id`],
      cdn_frontdoor_origin_group_id: [`${group}.id`],
      cdn_frontdoor_rule_set_ids: [`${ruleSet}.id`],
    },
  },
};

/** All parts are created, so their IDs are not known. */
export function madeOf(parts: Parts): Made {
  const present = Object.entries(parts).flatMap(([address, part]) => (part ? [{ address, part }] : []));
  const mask = ({ refers = {}, unknown }: Part): Json =>
    unknown === true
      ? true
      : {
          id: true,
          ...Object.fromEntries(Object.keys(refers).map((name) => [name, true])),
          ...(unknown as JsonObject),
        };
  return {
    changes: Object.fromEntries(
      present.map(({ address, part }) => [address, { after: part.after ?? {}, after_unknown: mask(part) as never }]),
    ),
    root: {
      resources: present.map(({ address, part }) => {
        const [id = address, key] = address.split("[");
        const constants = Object.keys(part.after ?? {}).filter((name) => name !== "actions" && name !== "tls");
        const expressions = Object.fromEntries([
          ...constants.map((name) => [name, { constant_value: part.after?.[name] }]),
          ...Object.entries(part.refers ?? {}).map(([name, references]) => [name, refersTo(...references)]),
        ]);
        return configured(id, expressions, key ? { for_each_expression: {} } : {});
      }),
    },
  } as Made;
}

/** The endpoints of a Front Door, by address. */
export function frontDoorOf(changes: Parts = {}): ReadonlyMap<string, Endpoint> {
  const { endpoints } = collect(viewAfter(plan(madeOf({ ...sound, ...changes }))), [frontDoor]);
  return new Map(endpoints.map((one) => [one.address, one]));
}

/** A part that differs in some of its attributes. */
export const but = (address: string, after: JsonObject, refers: Part["refers"] = {}): Parts => {
  const part = sound[address] ?? {};
  return { [address]: { ...part, after: { ...part.after, ...after }, refers: { ...part.refers, ...refers } } };
};

export const domainOf = (changes: Parts = {}): Endpoint => at(frontDoorOf(changes), domain);
