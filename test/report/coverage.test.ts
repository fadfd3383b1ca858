// What is judged and what no plan shows, in words; and that the file behind it is what the adapters say.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { policies } from "../../policies/registry.ts";
import { adapters } from "../../src/providers/registry.ts";
import { type Coverage, coverageJson, coverageText } from "../../src/report/coverage.ts";
import { plain } from "../../src/report/style.ts";

const edge: Coverage = {
  provider: "acme",
  service: "edge",
  resourceTypes: ["acme_edge", "acme_edge_rule"],
  policies: ["https-only", "minimum-tls-1-2"],
  cannotShow: ["What the edge sends of its own accord, which no argument of the resource tells"],
};
const certificate: Coverage = {
  provider: "acme",
  service: "certificate",
  resourceTypes: ["acme_certificate"],
  policies: [],
  cannotShow: [],
};

test("a service tells its resources, its policies, and what stays open", () => {
  expect(coverageText([edge, certificate], { style: plain, width: 60 })).toBe(`acme/edge
  acme_edge, acme_edge_rule
  judged by https-only, minimum-tls-1-2
  ? What the edge sends of its own accord, which no argument
    of the resource tells

acme/certificate
  acme_certificate
  judged with what uses it
`);
  expect(JSON.parse(coverageJson([edge, certificate]))).toEqual([edge, certificate]);
});

const services: readonly Coverage[] = JSON.parse(readFileSync("src/providers/coverage.generated.json", "utf8"));

test.each(adapters.map((adapter) => [adapter.id, adapter] as const))("%s is told", (id, adapter) => {
  const service = services.find((one) => `${one.provider}/${one.service}` === id);
  expect(service).toMatchObject({ resourceTypes: adapter.resourceTypes, cannotShow: adapter.cannotShow ?? [] });
});

test("the policies are those that there are, and each judges something", () => {
  const ids = policies.map((policy) => policy.id);
  expect([...new Set(services.flatMap((one) => one.policies))].sort()).toEqual([...ids].sort());
});
