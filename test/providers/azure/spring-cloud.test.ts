// Apps of Azure Spring Apps and their domains → endpoints: plain HTTP, and certificates; made by hand.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { only } from "../../support/distribution.ts";
import { among, fuzz } from "../../support/fuzz.ts";
import { plan } from "../../support/made.ts";
import { at, endpointsOf, said } from "../../support/said.ts";

const app = "azurerm_spring_cloud_app.made";
const domain = "azurerm_spring_cloud_custom_domain.made";

test.each([
  [true, "redirected"],
  [false, "served"],
  [null, "served"],
  ["yes", '? "yes" is not a value that tlsgate recognises'],
])("https_only %j: plain HTTP is %s", (https_only, expected) => {
  const made = at(endpointsOf(plan({ changes: { [app]: { after: { https_only } } } })), app);
  const { plainHttp } = only(made.routes);
  expect(said(plainHttp)).toBe(expected);
  expect(plainHttp?.remedy).toEqual({ address: app, attribute: "https_only", value: true });
  expect([said(made.certificate), made.names]).toEqual(["provider", []]);
  for (const fact of [made.minimumTls, made.forwardSecrecy, made.aeadOnly])
    expect(said(fact)).toMatch(/^\? Microsoft does not say which/);
});

describe("a domain", () => {
  const of = (after: JsonObject) =>
    at(
      endpointsOf(
        plan({
          changes: {
            [app]: { after: { id: "/apps/made", https_only: true } },
            "data.azurerm_spring_cloud_app.b": { actions: ["read"], after: { id: "/apps/b", https_only: true } },
            [domain]: { after: { name: "a.test", ...after } },
          },
        }),
      ),
      domain,
    );

  test.each([
    [{ certificate_name: "site" }, "own"],
    [{ thumbprint: "ABCD" }, "own"],
    [{}, "missing"],
  ])("with %j: %s", (after, expected) => {
    const made = of(after);
    expect([made.names.map(said), said(made.certificate)]).toEqual([["a.test"], expected]);
    expect(made.certificates).toHaveLength(expected === "own" ? 1 : 0);
  });

  test("of an app of this plan, or of another", () => {
    expect(said(only(of({ spring_cloud_app_id: "/apps/made" }).routes).plainHttp)).toBe("redirected");
    const outside = only(of({ spring_cloud_app_id: "/apps/b" }).routes).plainHttp;
    expect(said(outside)).toBe("? the app is defined outside this plan");
  });
});

describe("values at random", () =>
  fuzz({
    resources: {
      [app]: { id: "text", https_only: "flag" },
      [domain]: { name: "text", spring_cloud_app_id: "text", certificate_name: "text", thumbprint: "text" },
    },
    words: ["a.test", "/apps/made", "", "constructor"],
    passing: { "https-only": among(true), "certificate-present": () => true },
  }));
