// azurerm_spring_cloud_app, azurerm_spring_cloud_custom_domain → endpoint: an app of Azure Spring Apps, and its names.
// https://learn.microsoft.com/azure/spring-apps/basic-standard/how-to-custom-domain

import type { Cause } from "../../cause.ts";
import { outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp } from "../../facts/endpoint.ts";
import { type Fact, fact, known, standAt, unknown } from "../../facts/fact.ts";
import { always, nameOf, onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { outsideCertificate } from "./hostname-binding-certificate.ts";
import { madeBy } from "./reference.ts";

export default defineAdapter({
  id: "azure/spring-cloud",
  resourceTypes: ["azurerm_spring_cloud_app", "azurerm_spring_cloud_custom_domain"],
  cannotShow: ["TLS of Azure Spring Apps, which no setting of an app changes, and headers of the app."],
  endpoints: (resource) => [resource.type === "azurerm_spring_cloud_app" ? appOf(resource) : domainOf(resource)],
});

const appOf = (app: Resource): Endpoint => ({
  address: app.address,
  kind: "Spring app",
  names: [],
  certificate: always(app, "provider", text`the app has a name of Azure's`),
  certificates: [],
  ...ingressOf(app, plainHttpOf(app)),
});

function domainOf(domain: Resource): Endpoint {
  const attribute = "spring_cloud_app_id";
  const app = madeBy(domain, attribute, { azurerm_spring_cloud_app: ["id"] }, text`the app`);
  return {
    address: domain.address,
    kind: "Spring app domain",
    names: [nameOf(domain, "name")],
    ...certificateOf(domain),
    ...ingressOf(domain, "state" in app ? app : plainHttpOf(app)),
  };
}

const plainHttpOf = (app: Resource): PlainHttp =>
  fact(app, "https_only", {
    read: (value) => (value === true ? "redirected" : value === false ? "served" : undefined),
    absent: "served",
    remedy: true,
  });

function ingressOf(resource: Resource, plainHttp: PlainHttp) {
  const tls = undocumented(
    resource,
    text`Microsoft does not say which TLS versions and cipher suites Azure Spring Apps takes`,
  );
  return {
    ...secured(tls),
    routes: [onlyRoute(resource, plainHttp, text`the app`)],
    upstreams: [],
  };
}

const contents: Cause = outside`a plan does not show what the certificate of the service holds`;

function certificateOf(domain: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  const attribute = ["thumbprint", "certificate_name"].find((one) => domain.value(one).state !== "absent");
  const stand = standAt(domain, attribute ?? "certificate_name");
  if (!attribute) return { certificate: { ...known("missing"), ...stand }, certificates: [] };
  const certificate: Fact<"own"> = { ...known("own"), ...stand };
  return { certificate, certificates: [{ certificate: outsideCertificate({ ...unknown(contents), ...stand }) }] };
}
