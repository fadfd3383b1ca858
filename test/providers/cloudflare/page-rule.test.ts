// Page rules → endpoints: redirects, forwarding to either scheme, and an encryption mode of their own.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { endpointAt, saidOf, zonePlan } from "../../support/cloudflare.ts";
import { findings } from "../../support/plans.ts";

const address = "cloudflare_page_rule.made";

const rule = (actions: JsonObject, more: JsonObject = {}, late = {}) =>
  endpointAt(
    zonePlan({ [address]: { target: "example.com/*", actions, ...more } }, { late: { [address]: late } }),
    address,
  );

const treatment = (...args: Parameters<typeof rule>) => {
  const endpoint = rule(...args);
  return endpoint && saidOf(endpoint).plainHttp;
};

describe("plain HTTP", () => {
  test.each([
    [true, "redirected"],
    [false, undefined],
    [null, undefined],
    ["on", '? "on" is not a value that tlsgate recognises'],
  ])("always_use_https %j: %s", (always_use_https, expected) => expect(treatment({ always_use_https })).toBe(expected));

  const forward = (url: string, target: string) => treatment({ forwarding_url: { url, status_code: 301 } }, { target });

  test.each([
    ["https://example.com/$1", "http://example.com/*", "redirected"],
    ["https://example.com/$1", "example.com/*", "redirected"],
    ["http://example.com/$1", "example.com/*", "served"],
    ["http://example.com/$1", "https://example.com/*", "served"],
    ["https://example.com/$1", "https://old.example.com/*", undefined],
    ["$1", "example.com/*", "? the plan does not tell the scheme that it forwards to"],
    ["$1", "https://example.com/*", undefined],
  ])("forwarding to %s from %s: %s", (url, target, expected) => expect(forward(url, target)).toBe(expected));

  test("forwarding to what is known after apply", () => {
    const late = { actions: { forwarding_url: { url: true } } };
    const actions = { forwarding_url: { url: null } };
    expect(treatment(actions, {}, late)).toMatch(/^\? known after apply/);
    expect(treatment(actions, { target: "https://example.com/*" }, late)).toBeUndefined();
  });
});

test("its encryption mode", () => {
  const mode = (ssl: string) => {
    const endpoint = rule({ ssl });
    return endpoint && [saidOf(endpoint).protocol, saidOf(endpoint).origin];
  };
  expect(mode("flexible")).toEqual(["http", undefined]);
  expect(mode("strict")).toEqual(["https", "verified"]);
  expect(mode("nearly")?.[0]).toBe('? "nearly" is not a value that tlsgate recognises');
});

test("one that is disabled, or about something else, is no endpoint", () => {
  expect(rule({ ssl: "off" }, { status: "disabled" })).toBeUndefined();
  expect(rule({ ssl: "off" }, { status: "Disabled" })).toBeUndefined();
  expect(rule({ ssl: "off" }, { status: "active" })).toBeDefined();
  const late = rule({ ssl: "strict" }, { status: null }, { status: true });
  expect(late && saidOf(late).protocol).toMatch(/^\? known after apply/);
  expect(rule({ cache_level: "bypass" })).toBeUndefined();
});

test("of real plans, at the attribute to change", () => {
  const places = ["cloudflare4-bad", "cloudflare5-bad-weak"].flatMap((name) =>
    findings(name).filter((one) => one.address.startsWith("cloudflare_page_rule.") && one.outcome === "fail"),
  );
  expect(places.map(({ policy, at, remedy }) => [policy, at, remedy?.value])).toEqual([
    ["https-only", "actions[0].forwarding_url[0].url", undefined],
    ["origin-https-only", "actions[0].ssl", "strict"],
    ["origin-https-only", "actions.ssl", "strict"],
  ]);
});

test("is called by its pattern, where the plan shows it", () => {
  const path = (target: string | null, late = {}) =>
    rule({ always_use_https: true }, { target }, late)?.routes.map((one) => one.path);
  expect(path("example.com/*")).toEqual(["example.com/*"]);
  expect(path(null, { target: true })).toEqual(["target"]);
});
