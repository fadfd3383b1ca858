// What of Azure is not judged: azapi by its type, and deployments by their templates.

import { describe, expect, test } from "vitest";
import { kindOf } from "../../support/not-judged.ts";

describe.each(["azapi_resource", "azapi_update_resource", "azapi_resource_action"])("%s", (resource) => {
  test.each([
    ["Microsoft.Cdn/profiles@2024-02-01", "CDN or Front Door profile"],
    ["Microsoft.Network/applicationGateways@2023-11-01", "application gateway"],
    ["microsoft.app/containerapps", "container app"],
    ["Microsoft.Network/virtualNetworks@2023-11-01", undefined],
    ["constructor", undefined],
  ])("%s: %s", (type, what) => expect(kindOf(resource, { type })).toBe(what));

  test("may be any, where its type is not known yet", () =>
    expect(kindOf(resource, {}, { type: true })).toBe("Azure resource"));
});

describe.each([
  ["azurerm_resource_group_template_deployment", "template_content"],
  ["azurerm_subscription_template_deployment", "template_content"],
  ["azurerm_template_deployment", "template_body"],
])("%s", (type, attribute) => {
  const deployed = (...types: string[]) =>
    kindOf(type, {
      [attribute]: JSON.stringify({
        parameters: { name: { type: "string" } },
        resources: types.map((one) => ({ type: one, name: "it" })),
      }),
    });

  test("with a type that may serve HTTPS, in any case", () => {
    expect(deployed("Microsoft.Network/virtualNetworks", "Microsoft.Web/sites")).toBe("ARM template deployment");
    expect(deployed("MICROSOFT.WEB/SITES")).toBe("ARM template deployment");
    expect(deployed("Microsoft.Resources/deployments")).toBe("ARM template deployment");
  });

  test("serves nothing, where no type does", () =>
    expect(deployed("Microsoft.Network/virtualNetworks", "Microsoft.Authorization/roleAssignments")).toBeUndefined());

  test("may serve, where the template is not shown or holds no type", () => {
    expect(kindOf(type, {}, { [attribute]: true })).toBe("ARM template deployment");
    expect(deployed()).toBe("ARM template deployment");
  });
});

test.each([
  ["Tcp", "load balancer rule"],
  ["All", "load balancer rule"],
  ["Udp", undefined],
])("azurerm_lb_rule over %s: %s", (protocol, what) => expect(kindOf("azurerm_lb_rule", { protocol })).toBe(what));
