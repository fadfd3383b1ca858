// The adapters that a plan needs are loaded, and no others.

import { expect, test } from "vitest";
import { adaptersFor } from "../../src/providers/load.ts";
import { adapters } from "../../src/providers/registry.ts";
import { plan } from "../support/made.ts";

const providersFor = async (...addresses: string[]) => {
  const changes = Object.fromEntries(addresses.map((address) => [address, {}]));
  const loaded = await adaptersFor(plan({ changes }));
  return [...new Set(loaded.map(({ id }) => id.split("/")[0]))];
};

test.each([
  [["aws_lb.front", "aws_lb_listener.front"], ["aws"]],
  [["azurerm_cdn_endpoint.site"], ["azure"]],
  [
    ["module.edge.cloudflare_zone.site", "aws_lb.front"],
    ["aws", "cloudflare"],
  ],
  [["terraform_data.nothing", "random_pet.name"], []],
  [["awsx_lb.front"], []],
])("%j: %j", async (addresses, providers) => expect((await providersFor(...addresses)).sort()).toEqual(providers));

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
