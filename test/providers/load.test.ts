// The adapters that a plan needs are loaded, and no others.

import { expect, test } from "vitest";
import { adaptersFor } from "../../src/providers/load.ts";
import { adapters } from "../../src/providers/registry.ts";
import { plan } from "../support/made.ts";

const loadedFor = async (...addresses: string[]) => {
  const changes = Object.fromEntries(addresses.map((address) => [address, {}]));
  return (await adaptersFor(plan({ changes }))).map(({ id }) => id);
};

test.each([
  [["aws_lb.front", "aws_lb_listener.front"], ["aws/load-balancer"]],
  [["azurerm_cdn_endpoint.site"], ["azure/cdn"]],
  [
    ["module.edge.cloudflare_ruleset.site", "aws_elb.front"],
    ["aws/classic-load-balancer", "cloudflare/ruleset"],
  ],
  [["terraform_data.nothing", "random_pet.name"], []],
  [["awsx_lb_listener.front"], []],
])("%j: %j", async (addresses, ids) => expect((await loadedFor(...addresses)).sort()).toEqual(ids));

test("every resource type leads to its adapters", async () => {
  for (const { id, resourceTypes } of adapters) {
    for (const type of resourceTypes) {
      const loaded = await adaptersFor(plan({ changes: { [`${type}.it`]: {} } }));
      expect(
        loaded.map((one) => one.id),
        type,
      ).toContain(id);
    }
  }
});
