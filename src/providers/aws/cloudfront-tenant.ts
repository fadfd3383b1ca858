// aws_cloudfront_multitenant_distribution, aws_cloudfront_distribution_tenant → endpoint: what tenants share, and each.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-config-options.html

import { because } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, Endpoint } from "../../facts/endpoint.ts";
import { type Fact, known, standAt, unknown } from "../../facts/fact.ts";
import { directives, everything, linked, nameOf, type Security, secured } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { transparencyOf } from "./acm.ts";
import {
  certificateRegion,
  errorRoutesOf,
  httpVersionsOf,
  routeOf,
  securityPolicyOf,
  sniOf,
} from "./cloudfront-behavior.ts";
import { upstreamsOf } from "./cloudfront-origin.ts";
import { certified } from "./service-endpoint.ts";

const shared = "aws_cloudfront_multitenant_distribution";

export default defineAdapter({
  id: "aws/cloudfront-tenant",
  resourceTypes: [shared, "aws_cloudfront_distribution_tenant"],
  cannotShow: [
    "Which security policy tenants of CloudFront have where their distribution has no certificate of its own.",
  ],
  endpoints: (resource) => [resource.type === shared ? distributionOf(resource) : tenantOf(resource)],
  certificates: (resource) => (resource.type === shared ? [] : requestedBy(resource)),
});

/** It has no name of its own: only its tenants are reached, by theirs. */
function distributionOf(distribution: Resource): Endpoint {
  const own = ownCertificate(distribution);
  return {
    address: distribution.address,
    kind: "CloudFront multi-tenant distribution",
    names: [],
    certificates: own.certificates,
    ...settingsOf(distribution),
  };
}

type Settings = Omit<Endpoint, "address" | "kind" | "names" | "certificate" | "certificates">;

function settingsOf(distribution: Resource): Settings {
  const viewer = distribution.block("viewer_certificate");
  const behaviors = ["default_cache_behavior", "cache_behavior"].flatMap((name) => distribution.blocks(name));
  const routes = behaviors.map(routeOf);
  return {
    ...secured(securityOf(viewer)),
    sni: sniOf(viewer),
    httpVersions: httpVersionsOf(distribution),
    routes: [...routes, ...errorRoutesOf(behaviors)],
    // Its origins are named by `id`, not by `origin_id`.
    upstreams: upstreamsOf(distribution, behaviors, routes, "id"),
  };
}

const ownCertificate = (distribution: Resource) =>
  certified(distribution.block("viewer_certificate"), "acm_certificate_arn", certificateRegion);

/** Tenants may bring certificates of their own where the distribution has none, and then no page tells its policy. */
function securityOf(viewer: Block): Fact<Security> {
  if (viewer.value("acm_certificate_arn").state !== "absent") return securityPolicyOf(viewer);
  const note = text`AWS does not say which security policy tenants have where their distribution has no certificate`;
  return { ...unknown({ reason: "undocumented", note }), ...standAt(viewer, "acm_certificate_arn") };
}

function tenantOf(tenant: Resource): Endpoint {
  const distribution = linked(tenant, "distribution_id", { [shared]: ["id"] }, text`its distribution`);
  const base = { address: tenant.address, kind: "CloudFront distribution tenant", names: namesOf(tenant) };
  if (!("state" in distribution)) {
    return { ...base, ...certificateOf(tenant, ownCertificate(distribution)), ...settingsOf(distribution) };
  }
  return {
    ...base,
    ...certificateOf(tenant, { certificate: distribution, certificates: [] }),
    ...secured(distribution),
    routes: [{ path: everything, plainHttp: distribution, hsts: directives(distribution) }],
    upstreams: [],
  };
}

type Certified = Pick<Endpoint, "certificate" | "certificates">;

/** Its own, one that CloudFront requests for it, or its distribution's. */
function certificateOf(tenant: Resource, inherited: Certified): Certified {
  const own = tenant.block("customizations").block("certificate");
  if (own.value("arn").state !== "absent") return certified(own, "arn", certificateRegion);
  const [certificate] = requestedBy(tenant);
  if (!certificate) return inherited;
  const attribute = "managed_certificate_request";
  const stand = { ...standAt(tenant, attribute), note: text`CloudFront requests it` };
  const isOpen = tenant.block(attribute).presence === "unknown";
  const whose = isOpen ? unknown(because`whether CloudFront requests one is known after apply`) : known("own" as const);
  return { certificate: { ...whose, ...stand }, certificates: [{ certificate }] };
}

/**
 * A certificate of ACM's for all of the tenant's names
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ManagedCertificateRequest.html
 */
function requestedBy(tenant: Resource): Certificate[] {
  const request = tenant.block("managed_certificate_request");
  if (request.presence === "absent") return [];
  return [{ address: tenant.address, names: namesOf(tenant), transparency: transparencyOf(request) }];
}

const namesOf = (tenant: Resource): Fact<string>[] =>
  tenant.blocks("domain", { set: true }).map((one) => nameOf(one, "domain"));
