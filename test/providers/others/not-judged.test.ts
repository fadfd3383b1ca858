// Entries of Consul: only gateways listen for clients.

import { expect, test } from "vitest";
import { kindOf } from "../../support/not-judged.ts";

test.each([
  ["ingress-gateway", "Consul ingress gateway"],
  ["api-gateway", "Consul API gateway"],
  ["service-defaults", undefined],
  ["constructor", undefined],
])("consul_config_entry of kind %s: %s", (kind, what) => expect(kindOf("consul_config_entry", { kind })).toBe(what));

test("one whose kind is not known yet may be a gateway", () =>
  expect(kindOf("consul_config_entry", {}, { kind: true })).toBe("Consul gateway"));
