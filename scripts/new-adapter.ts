// Starts an adapter: its file, its test, its Terraform. All facts are unknown until its author reads them.
// usage: npm run new:adapter PROVIDER/SERVICE RESOURCE_TYPE…

import { readFileSync } from "node:fs";
import { isKebabCase, refuse, scaffold } from "./scaffold.ts";

const [id = "", ...types] = process.argv.slice(2);
const [provider = "", service = "", ...deeper] = id.split("/");
const isType = (type: string) => /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(type);
if (![provider, service].every(isKebabCase) || deeper.length > 0 || types.length === 0 || !types.every(isType)) {
  refuse(
    "usage: npm run new:adapter PROVIDER/SERVICE RESOURCE_TYPE…\nwhere both names are in kebab case, e.g. aws/cloudfront aws_cloudfront_distribution",
  );
}

const plan = `${provider}-${service}`;

const adapter = `// ${types.join(", ")} → endpoint: TODO, what it makes of them.
// TODO: the page that documents their values and defaults

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import { type Fact, standAt, unknown } from "../../facts/fact.ts";
import { everything } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";

export default defineAdapter({
  id: "${id}",
  resourceTypes: [${types.map((type) => `"${type}"`).join(", ")}],
  endpoints: (resource) => [endpointOf(resource)],
});

function endpointOf(resource: Resource): Endpoint {
  // TODO: read each of them with fact(): its value by a table, the provider's documented default, and the remedy.
  const unread: Fact<never> = { ...unknown(because\`TODO: not read yet\`), ...standAt(resource, "") };
  return {
    address: resource.address,
    kind: "TODO: what it is, for people",
    names: [unread],
    certificate: unread,
    certificates: [],
    minimumTls: unread,
    forwardSecrecy: unread,
    aeadOnly: unread,
    ecdheAes: unread,
    routes: [{ path: everything, plainHttp: unread, hsts: { maxAge: unread, includeSubDomains: unread, preload: unread } }],
    upstreams: [],
  };
}
`;

const test = `// What the adapter ${id} makes of a real plan.

import { describe, expect, test } from "vitest";
import { collect } from "../../../src/facts/collect.ts";
import { viewPlan } from "../../../src/plan/view.ts";
import adapter from "../../../src/providers/${id}.ts";
import { fixture } from "../../support/plans.ts";

describe("${id}", () => {
  const { endpoints } = collect(viewPlan(fixture("${plan}"), "after"), [adapter]);

  test("makes an endpoint of each resource", () => {
    // TODO: each address in test/plans/${plan}/main.tf
    const addresses: string[] = [];
    expect(addresses).not.toHaveLength(0);
    expect(endpoints.map(({ address }) => address)).toEqual(addresses);
  });

  // TODO: and a test for each value of each table, each default, and what only the apply tells
  test("reads every fact", () => expect(JSON.stringify(endpoints)).not.toContain("TODO"));
});
`;

// What lets the provider plan offline is known for AWS only.
const model = readFileSync("test/plans/minimum-tls-1-2/main.tf", "utf8");
const head =
  provider === "aws"
    ? model.slice(model.indexOf("terraform {"), model.indexOf("\nresource "))
    : `terraform {
  required_providers {
    ${provider} = {
      source = "hashicorp/${provider}"
    }
  }
}

# TODO: arguments that let it plan offline
provider "${provider}" {
}
`;
const terraform = `# TODO: ${types.join(", ")}: with each value, with defaults, and with a value known after apply.\n${head}`;

scaffold(
  {
    [`src/providers/${id}.ts`]: adapter,
    [`test/providers/${id}.test.ts`]: test,
    [`test/plans/${plan}/main.tf`]: terraform,
  },
  [
    "write what says TODO",
    `npm run plans -- ${plan}`,
    "npm run generate",
    `npx vitest run test/providers/${id}.test.ts`,
    `npm run mutants -- src/providers/${id}.ts`,
  ],
);
