// Front Door routes → what becomes of plain HTTP, HSTS by rules of azurerm 4 and 5, and the protocol of the next hop.

import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/facts/endpoint.ts";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { at, endpointsOf, said } from "../../support/said.ts";
import { but, domainOf, group, hsts, type Parts, route, rule, ruleSet } from "./made-front-door.ts";

const unrecognised = expect.stringMatching(/^\? .* is not a value that tlsgate recognises/);

const routeOf = (changes: Parts) => only(domainOf(changes).routes);
const treatment = (changes: Parts) => said(routeOf(changes).plainHttp);
const maxAge = (changes: Parts) => said(routeOf(changes).hsts?.maxAge);
const actions = (...blocks: JsonObject[]): JsonObject => ({ actions: [Object.assign({}, ...blocks)] });
const header = (value: unknown, operator = "Overwrite") =>
  ({ modify_response_header: [{ ...hsts, header_value: value, operator }] }) as JsonObject;
const redirect: JsonObject = { url_redirect: [{ redirect_protocol: "Https", redirect_type: "Moved" }] };
const byRules = { https_redirect_enabled: false };

/** A further rule of the same rule set. */
const another = (after: JsonObject): Parts => ({
  "azurerm_cdn_frontdoor_rule.other": {
    after: { order: 2, ...after },
    refers: { cdn_frontdoor_rule_set_id: [`${ruleSet}.id`] },
  },
});

describe("plain HTTP", () => {
  test.each([
    [{ https_redirect_enabled: true }, "redirected"],
    [{ https_redirect_enabled: false }, "served"],
    // absent: the provider's default
    [{ https_redirect_enabled: null }, "redirected"],
    [{ https_redirect_enabled: false, supported_protocols: ["Https"] }, "refused"],
    [{ https_redirect_enabled: null, supported_protocols: ["Https"] }, "refused"],
    [{ https_redirect_enabled: "yes" }, unrecognised],
    [
      { https_redirect_enabled: false, supported_protocols: ["Quic"] },
      "? one of its values is not a value that tlsgate recognises",
    ],
    [{ https_redirect_enabled: false, supported_protocols: [] }, "? not set"],
  ])("%j: %s", (after, expected) => expect(treatment(but(route, after as JsonObject))).toEqual(expected));

  test("known after apply", () => {
    const late = { [route]: { ...but(route, {})[route], unknown: { https_redirect_enabled: true } } };
    expect(treatment(late)).toMatch(/^\? known after apply/);
    const open = { [route]: { ...but(route, byRules)[route], unknown: { supported_protocols: true } } };
    expect(treatment(open)).toMatch(/^\? known after apply/);
  });

  test("a route of HTTP alone answers no HTTPS", () => {
    const plain = routeOf(but(route, { ...byRules, supported_protocols: ["Http"] }));
    expect([said(plain.plainHttp), plain.hsts]).toEqual(["served", undefined]);
  });

  test("what is to be set, and where", () => {
    expect(routeOf(but(route, byRules)).plainHttp).toMatchObject({
      place: { address: route, at: "https_redirect_enabled" },
      remedy: { address: route, attribute: "https_redirect_enabled", value: true },
    });
  });

  describe("by a rule", () => {
    const treated = (after: JsonObject, more: Parts = {}) =>
      treatment({ ...but(route, byRules), ...but(rule, after), ...more });
    const when = (conditions: JsonObject) => ({ ...actions(redirect), conditions: [conditions] });
    const scheme = (name: string, values: JsonObject) => when({ [name]: [values] });

    test("for all requests, or for those of plain HTTP", () => {
      expect(treated(actions(redirect))).toBe("redirected");
      expect(treated(scheme("request_scheme", { operator: "Equal", values: ["HTTP"] }))).toBe("redirected");
      expect(treated(scheme("request_scheme", { operator: "NotEqual", values: ["HTTPS"] }))).toBe("redirected");
      expect(treated(scheme("request_scheme_condition", { match_values: ["HTTP"] }))).toBe("redirected");
      const negated = { operator: "Equal", match_values: ["HTTPS"], negate_condition: true };
      expect(treated(scheme("request_scheme_condition", negated))).toBe("redirected");
      expect(treated(scheme("server_port", { operator: "Equal", values: ["80"] }))).toBe("redirected");
      expect(treated(scheme("host_name", { operator: "Any" }))).toBe("redirected");
      const old = { url_redirect_action: [{ redirect_protocol: "Https", redirect_type: "Found" }] };
      expect(treated(actions(old))).toBe("redirected");
    });

    test("for other requests", () => {
      expect(treated(scheme("request_scheme", { operator: "Equal", values: ["HTTPS"] }))).toBe("served");
      expect(treated(scheme("server_port_condition", { operator: "Equal", match_values: ["443"] }))).toBe("served");
      expect(treated(scheme("host_name", { operator: "NotAny" }))).toBe("served");
    });

    test("for some", () => {
      const some = `? ${rule} redirects only where its conditions match`;
      expect(treated(scheme("request_path", { operator: "BeginsWith", values: ["shop"] }))).toBe(some);
      expect(treated(scheme("request_scheme", { operator: "BeginsWith", values: ["HTTP"] }))).toBe(some);
      expect(treated(scheme("request_scheme", { operator: "Equal", values: [] }))).toBe(some);
      expect(treated(scheme("of_a_kind_to_come", { operator: "Equal", values: ["HTTP"] }))).toBe(some);
    });

    test("that another one may keep from it", () => {
      const first = (behaviour_on_match: string, conditions: JsonObject[] = []) =>
        treated(
          { order: 2, ...actions(redirect) },
          another({ order: 1, actions: [{}], behaviour_on_match, conditions }),
        );
      const path = [{ request_path: [{ operator: "Equal", values: ["health"] }] }];
      expect(first("Continue", path)).toBe("redirected");
      expect(first("Stop", path)).toBe(
        `? azurerm_cdn_frontdoor_rule.other ends the rules for some requests before ${rule}`,
      );
      expect(first("Stop")).toBe("served");
    });

    test.each([
      ["Https", "redirected"],
      ["Http", "served"],
      ["MatchRequest", "served"],
      // absent: the provider's default
      [null, "served"],
      ["https", unrecognised],
    ])("to %s: %s", (redirect_protocol, expected) => {
      expect(treated(actions({ url_redirect: [{ redirect_protocol }] }))).toEqual(expected);
    });
  });
});

describe("the header", () => {
  test("of azurerm 5, and of azurerm 4", () => {
    expect(maxAge({})).toBe(31_536_000);
    const old = { ...hsts, header_action: "Overwrite", value: "max-age=60" };
    expect(maxAge(but(rule, actions({ response_header_action: [old] })))).toBe(60);
  });

  test("is not sent without a rule for it", () => {
    expect(maxAge(but(rule, actions({})))).toBe(0);
    expect(maxAge({ [rule]: undefined })).toBe(0);
    expect(maxAge(but(rule, actions({ modify_response_header: [{ ...hsts, header_name: "X-Frame-Options" }] })))).toBe(
      0,
    );
    const bare = {
      [route]: {
        after: but(route, {})[route]?.after ?? {},
        refers: { cdn_frontdoor_custom_domain_ids: ["azurerm_cdn_frontdoor_custom_domain.made.id"] },
      },
    };
    expect(routeOf(bare).hsts?.maxAge).toMatchObject({ value: 0, note: "it has no rule set" });
  });

  test("by any spelling of its name", () => {
    const spelled = { ...hsts, header_name: "strict-transport-SECURITY" };
    expect(maxAge(but(rule, actions({ modify_response_header: [spelled] })))).toBe(31_536_000);
  });

  test("with the remedy at the rule, for each directive", () => {
    const { hsts: sent } = routeOf(but(rule, actions(header("max-age=60"))));
    const attribute = "actions[0].modify_response_header[0].header_value";
    expect(sent?.maxAge.remedy).toEqual({ address: rule, attribute, value: "max-age=31536000" });
    expect(sent?.includeSubDomains.remedy?.value).toBe("max-age=31536000; includeSubDomains");
    expect(sent?.preload.remedy?.value).toBe("max-age=31536000; includeSubDomains; preload");
    expect(sent?.preload).toMatchObject({
      place: { address: route, at: "cdn_frontdoor_rule_set_ids" },
      related: [rule],
    });
  });

  test("the last rule has the last word, whatever the plan lists first", () => {
    expect(maxAge(another(actions(header("max-age=60"))))).toBe(60);
    expect(maxAge(another({ order: 0, ...actions(header("max-age=60")) }))).toBe(31_536_000);
    expect(maxAge(another(actions(header(null, "Delete"))))).toBe(0);
  });

  test("appended to itself it is one that browsers ignore", () => {
    expect(maxAge(but(rule, actions(header("max-age=31536000", "Append"))))).toBe(31_536_000);
    expect(maxAge(another(actions(header("max-age=31536000", "Append"))))).toBe(0);
    const onSome = { conditions: [{ request_path: [{ operator: "BeginsWith", match_values: ["/a"] }] }] };
    const toSome = { ...but(rule, { ...onSome, ...actions(header("max-age=0")) }) };
    expect(maxAge({ ...toSome, ...another(actions(header("max-age=31536000", "Append"))) })).toMatch(
      /^\? .* only where/,
    );
  });

  test("an action or a name that is not known", () => {
    expect(maxAge(but(rule, actions(header("max-age=31536000", "Set"))))).toEqual(unrecognised);
    const late = {
      [rule]: { ...but(rule, {})[rule], unknown: { actions: [{ modify_response_header: [{ header_value: true }] }] } },
    };
    expect(maxAge(late)).toMatch(/^\? known after apply/);
    const name = {
      [rule]: { ...but(rule, {})[rule], unknown: { actions: [{ modify_response_header: [{ header_name: true }] }] } },
    };
    expect(maxAge(name)).toMatch(/^\? known after apply/);
  });

  test("for some requests alone", () => {
    const conditions = [{ host_name: [{ operator: "Equal", values: ["www.example.com"] }] }];
    expect(maxAge(but(rule, { conditions }))).toBe(`? ${rule} changes the header only where its conditions match`);
    const https = [{ request_scheme: [{ operator: "Equal", values: ["HTTPS"] }] }];
    expect(maxAge(but(rule, { conditions: https }))).toBe(31_536_000);
    const http = [{ request_scheme: [{ operator: "Equal", values: ["HTTP"] }] }];
    expect(maxAge(but(rule, { conditions: http }))).toBe(0);
    const unclear = { [rule]: { ...but(rule, {})[rule], unknown: { conditions: true } } };
    expect(maxAge(unclear)).toBe(`? ${rule} changes the header only where its conditions match`);
    // The same again for some changes nothing.
    expect(maxAge(another({ ...actions(header("max-age=31536000")), conditions }))).toBe(31_536_000);
  });

  test("of a rule that never runs, or not always", () => {
    const stop = (more: JsonObject) => another({ order: 0, actions: [{}], ...more });
    expect(maxAge(stop({ behaviour_on_match: "Stop" }))).toBe(0);
    expect(maxAge(stop({ behavior_on_match: "Stop" }))).toBe(0);
    expect(maxAge(stop({ behavior_on_match: "Continue" }))).toBe(31_536_000);
    expect(maxAge(stop({ behaviour_on_match: "Perhaps" }))).toMatch(
      /^\? azurerm_cdn_frontdoor_rule.other ends the rules/,
    );
  });

  test("of a batch rule set, in the order of its rules", () => {
    const batch = "azurerm_cdn_frontdoor_batch_rule_set.made";
    const rules = [
      { order: 2, ...actions(header("max-age=60")) },
      { order: 1, ...actions(header("max-age=31536000")) },
    ];
    const made = {
      ...but(route, {}, { cdn_frontdoor_rule_set_ids: [`${batch}.id`] }),
      [batch]: { after: { rule: rules } },
    };
    expect(maxAge(made)).toBe(60);
  });
});

describe("the rule sets", () => {
  const literal = "/subscriptions/1/ruleSets/other";
  const named = (ids: string[]) => {
    const { refers, after } = but(route, { cdn_frontdoor_rule_set_ids: ids })[route] ?? {};
    const { cdn_frontdoor_rule_set_ids: _, ...others } = refers ?? {};
    return { [route]: { after: after ?? {}, refers: others } };
  };

  /** The rule of a rule set that has an ID already. */
  const inOld = { [rule]: { after: { ...but(rule, {})[rule]?.after, cdn_frontdoor_rule_set_id: literal } } };

  test("of another plan may send it", () => {
    expect(maxAge(named([literal]))).toBe("? one of cdn_frontdoor_rule_set_ids is defined outside this plan");
    expect(treatment(named([literal]))).toBe("redirected");
  });

  test("by their ID", () => {
    const known = { [ruleSet]: { after: { id: literal }, unknown: { id: false } }, ...inOld };
    expect(maxAge({ ...known, ...named([literal]) })).toBe(31_536_000);
  });

  test("beside one that exists already, in a set that is unknown as a whole", () => {
    const old = "azurerm_cdn_frontdoor_rule_set.old";
    const bare = "azurerm_cdn_frontdoor_rule_set.bare";
    const made = {
      [old]: { after: { id: literal }, unknown: { id: false } },
      [bare]: { after: { name: "bare" } },
      ...inOld,
      ...but(route, {}, { cdn_frontdoor_rule_set_ids: [`${old}.id`, `${bare}.id`] }),
    };
    expect(maxAge(made)).toBe(31_536_000);
  });

  test("of which the plan does not tell the one", () => {
    const some = "azurerm_cdn_frontdoor_rule_set.some";
    const made = {
      [`${some}["a"]`]: {},
      [`${some}["b"]`]: {},
      ...but(rule, {}, { cdn_frontdoor_rule_set_id: [`${some}["a"].id`] }),
      ...but(route, {}, { cdn_frontdoor_rule_set_ids: [some] }),
    };
    expect(maxAge(made)).toBe("? the plan does not tell which rule sets the route has");
    const unsure = {
      ...made,
      ...but(rule, {}, { cdn_frontdoor_rule_set_id: [some] }),
      ...but(route, {}, { cdn_frontdoor_rule_set_ids: [`${some}["a"].id`] }),
    };
    expect(maxAge(unsure)).toBe(`? the plan does not tell which rule set ${rule} is in`);
  });

  describe("of which the provider has a set, so that a plan does not show their order", () => {
    const second = "azurerm_cdn_frontdoor_rule_set.second";
    const third = "azurerm_cdn_frontdoor_rule_set.third";
    const contradiction =
      "? the route's rule sets contradict each other, and a plan does not show which of them comes first";
    const inSet = (set: string, after: JsonObject): Parts => ({
      [set]: { after: { name: "other" } },
      [`azurerm_cdn_frontdoor_rule.of_${set.split(".")[1]}`]: {
        after: { order: 1, ...after },
        refers: { cdn_frontdoor_rule_set_id: [`${set}.id`] },
      },
    });
    const using = (...sets: string[]) =>
      but(route, byRules, { cdn_frontdoor_rule_set_ids: sets.map((set) => `${set}.id`) });
    const beside = (after: JsonObject) => ({ ...inSet(second, after), ...using(ruleSet, second) });

    test("say the same, or only one of them speaks", () => {
      expect(maxAge(beside(actions(header("max-age=31536000"))))).toBe(31_536_000);
      expect(maxAge(beside(actions(redirect)))).toBe(31_536_000);
      expect(treatment(beside(actions(redirect)))).toBe("redirected");
    });

    test("contradict each other", () => {
      expect(maxAge(beside(actions(header("max-age=0"))))).toBe(contradiction);
      expect(routeOf(beside(actions(header("max-age=0")))).hsts?.maxAge).toMatchObject({ place: { address: route } });
      expect(maxAge(beside({ behaviour_on_match: "Stop", ...actions(redirect) }))).toBe(contradiction);
    });

    test("of three, where the one between the others differs", () => {
      const made = {
        ...inSet(second, actions(header("max-age=60"))),
        ...inSet(third, actions(header("max-age=31536000"))),
        ...using(ruleSet, second, third),
      };
      expect(maxAge(made)).toBe(contradiction);
    });

    test("of three, where one sets the header, one removes it, and one ends the rules", () => {
      const made = {
        ...inSet(second, actions(header("", "Delete"))),
        ...inSet(third, { behaviour_on_match: "Stop", ...actions() }),
        ...using(ruleSet, second, third),
      };
      expect(maxAge(made)).toBe(contradiction);
    });

    test("end the rules before a redirect, or not", () => {
      const stop = { ...inSet(second, { behaviour_on_match: "Stop", ...actions(header("max-age=1")) }) };
      const made = { ...stop, ...but(rule, actions(redirect)), ...using(ruleSet, second) };
      expect(treatment(made)).toBe(contradiction);
    });
  });
});

describe("the next hop", () => {
  const hop = (changes: Parts) => only(domainOf(changes).upstreams);

  test.each([
    ["HttpsOnly", "https"],
    ["HttpOnly", "http"],
    ["MatchRequest", "viewer"],
    // absent: the provider's default
    [null, "viewer"],
    ["https", unrecognised],
  ])("%s: %s", (forwarding_protocol, expected) => {
    const { protocol } = hop(but(route, { forwarding_protocol }));
    expect(said(protocol)).toEqual(expected);
    expect(protocol).toMatchObject({ place: { address: route }, remedy: { value: "HttpsOnly" } });
  });

  test.each([
    [
      "azurerm 5",
      {
        route_configuration_override: [
          { origin_group: [{ cdn_frontdoor_origin_group_id: group, forwarding_protocol: "HttpOnly" }] },
        ],
      },
    ],
    [
      "azurerm 4",
      {
        route_configuration_override_action: [
          { cdn_frontdoor_origin_group_id: group, forwarding_protocol: "HttpOnly" },
        ],
      },
    ],
  ])("that a rule of %s sends requests to", (_, override) => {
    const hops: Endpoint["upstreams"] = domainOf(but(rule, actions(override as JsonObject))).upstreams;
    expect(hops.map(({ protocol }) => said(protocol))).toEqual(["https", "http"]);
    expect(hops[1]?.protocol.place.address).toBe(rule);
  });

  test("stays the route's where a rule overrides its cache alone", () => {
    const cache = { route_configuration_override_action: [{ cache_behavior: "OverrideAlways" }] };
    expect(domainOf(but(rule, actions(cache as JsonObject))).upstreams).toHaveLength(1);
  });

  test("of a real plan", () => {
    const real = at(endpointsOf("azurerm4-bad-weak"), "azurerm_cdn_frontdoor_route.r");
    expect(said(only(real.routes).plainHttp)).toBe("served");
    expect(only(real.routes).hsts?.maxAge).toMatchObject({ value: 0, note: "it has no rule set" });
  });
});
