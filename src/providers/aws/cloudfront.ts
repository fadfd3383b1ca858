// aws_cloudfront_distribution → endpoint: one route per cache behavior, one upstream per origin.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { Certificate, CertificateUse, Endpoint, Hsts, Route, TlsVersion, Upstream } from "../../facts/endpoint.ts";
import { tlsVersions } from "../../facts/endpoint.ts";
import {
  agreed,
  type Fact,
  fact,
  isShown,
  known,
  mapped,
  replaced,
  type Stand,
  standAt,
  together,
  unknown,
} from "../../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../../facts/hsts.ts";
import type { Block, Link } from "../../plan/block.ts";
import type { Decided } from "../../plan/value.ts";
import type { Resource, View } from "../../plan/view.ts";
import { certificateOf, isImported, isPrivate, outsideCertificate, regionOf, regionOfArn } from "./acm.ts";
import { hstsOfFunction } from "./cloudfront-function.ts";
import {
  defaultCertificatePolicy,
  httpVersions,
  isS3Website,
  managedHeadersPolicies,
  originProtocols,
  originTlsVersions,
  recommendedPolicy,
  securityPolicies,
  sniMethods,
  viewerProtocols,
} from "./cloudfront-values.ts";

/** CloudFront takes ACM certificates from this region only (AWS, "Requirements for using SSL/TLS certificates with CloudFront"). */
const certificateRegion = "us-east-1";

export default defineAdapter({
  id: "aws/cloudfront",
  resourceTypes: ["aws_cloudfront_distribution"],
  endpoints: (distribution) => [endpointOf(distribution)],
});

function endpointOf(distribution: Resource): Endpoint {
  const viewer = distribution.block("viewer_certificate");
  const names = namesOf(distribution);
  const own = ownCertificate(viewer);
  const certificate = certificatePresence(viewer, names, own);
  const security = securityPolicyOf(viewer, certificate);
  const behaviors = [
    ...distribution.blocks("default_cache_behavior"),
    ...distribution.blocks("ordered_cache_behavior"),
  ];
  const routes = behaviors.map(routeOf);
  return {
    address: distribution.address,
    kind: "CloudFront distribution",
    names,
    certificate,
    certificates: own.state === "absent" ? [] : [certificateUse(viewer, own)],
    minimumTls: mapped(security, (policy) => policy.minimumTls),
    forwardSecrecy: mapped(security, (policy) => policy.forwardSecrecy),
    aeadOnly: mapped(security, (policy) => policy.aeadOnly),
    sni: own.state === "absent" ? undefined : sniOf(viewer),
    httpVersions: fact(distribution, "http_version", {
      read: (value) => httpVersions[String(value)],
      absent: ["HTTP/1.1", "HTTP/2"],
      remedy: "http2and3",
    }),
    routes,
    upstreams: upstreamsOf(distribution, behaviors, routes),
  };
}

function namesOf(distribution: Resource): Fact<string>[] {
  return distribution.elements("aliases").map((value, index): Fact<string> => {
    const stand = standAt(distribution, `aliases[${index}]`);
    if (value.state === "unknown" || value.state === "absent") return { ...unknown(causeOf(value)), ...stand };
    return { ...value, value: String(value.value), ...stand };
  });
}

const causeOf = (value: { readonly state: string; readonly cause?: string }): string => value.cause ?? "not set";

// --- certificate

interface Own {
  readonly attribute: string;
  readonly link: Exclude<Link, { state: "absent" }>;
}

const certificateTargets = {
  aws_acm_certificate: ["arn", "id"],
  aws_acm_certificate_validation: ["certificate_arn"],
};

/** The provider takes an IAM certificate before an ACM one, and either before CloudFront's own. */
function ownCertificate(viewer: Block): (Own & { state: "own" }) | { state: "absent" } {
  const iam = viewer.link("iam_certificate_id", { aws_iam_server_certificate: ["id"] });
  if (iam.state !== "absent") return { state: "own", attribute: "iam_certificate_id", link: iam };
  const acm = viewer.link("acm_certificate_arn", certificateTargets);
  if (acm.state !== "absent") return { state: "own", attribute: "acm_certificate_arn", link: acm };
  return { state: "absent" };
}

function certificatePresence(
  viewer: Block,
  names: readonly Fact<string>[],
  own: ReturnType<typeof ownCertificate>,
): Endpoint["certificate"] {
  if (own.state === "own") {
    const stand = standAt(viewer, own.attribute);
    return own.link.state === "unknown" ? { ...unknown(own.link.cause), ...stand } : { ...known("own"), ...stand };
  }
  const stand = standAt(viewer, "acm_certificate_arn");
  if (names.some((name) => name.state !== "unknown")) return { ...known("missing"), ...stand };
  const [open] = names;
  if (open?.state === "unknown") return { ...unknown(`it depends on aliases, which are ${open.cause}`), ...stand };
  return { ...known("provider"), ...stand };
}

type SecurityPolicy = (typeof securityPolicies)[string];

function securityPolicyOf(viewer: Block, certificate: Endpoint["certificate"]): Fact<SecurityPolicy> {
  const written = fact(viewer, "minimum_protocol_version", {
    read: (value) => securityPolicies[String(value)],
    absent: securityPolicies[defaultCertificatePolicy] as SecurityPolicy,
    remedy: recommendedPolicy,
  });
  if (isShown(certificate) && certificate.value === "own") return written;
  const forced = securityPolicies[defaultCertificatePolicy] as SecurityPolicy;
  if (certificate.state === "unknown") {
    // Weak either way: with the certificate or without it.
    const weak = isShown(written) && written.value.minimumTls === forced.minimumTls;
    return weak ? written : { ...certificate, ...standAt(viewer, "acm_certificate_arn") };
  }
  const stand = standAt(viewer, "acm_certificate_arn");
  const note = "CloudFront's own certificate takes security policy TLSv1, whatever minimum_protocol_version says";
  return { ...known(forced), ...stand, note };
}

const sniOf = (viewer: Block): Fact<boolean> =>
  fact(viewer, "ssl_support_method", {
    read: (value) => sniMethods[String(value)],
    absent: { unknown: "ssl_support_method is not set, and CloudFront needs it beside a certificate" },
    remedy: "sni-only",
  });

function certificateUse(viewer: Block, { attribute, link }: Own): CertificateUse {
  const stand = standAt(viewer, attribute);
  if (link.state === "found") {
    const uses = link.resources.map((resource) => useOf(viewer, stand, resource));
    const [first] = uses;
    if (first) return uses.length === 1 ? first : oneOf(uses, link.resources, stand);
  }
  const cause = link.state === "unknown" ? link.cause : "the certificate is defined outside this plan";
  const open = { ...unknown(cause), ...stand };
  const region = link.state === "outside" && attribute === "acm_certificate_arn" ? regionOfArn(link.value) : open;
  return {
    certificate: outsideCertificate(stand, cause),
    region: attribute === "acm_certificate_arn" ? placedRegion(region, stand) : undefined,
    ready: open,
  };
}

const placedRegion = (region: { readonly state: string }, stand: Stand): NonNullable<CertificateUse["region"]> => {
  const decided = region as Decided<string>;
  if (decided.state === "unknown") return { ...decided, ...stand };
  return { ...decided, value: { actual: decided.value, required: certificateRegion }, ...stand };
};

/** Follows aws_acm_certificate_validation to the certificate that it waits for. */
function useOf(viewer: Block, stand: Stand, resource: Resource): CertificateUse {
  const related = [resource.address];
  if (resource.type === "aws_acm_certificate_validation") {
    const target = resource.link("certificate_arn", { aws_acm_certificate: ["arn", "id"] });
    const ready: Fact<boolean> = { ...known(true), ...stand, related };
    if (target.state === "found" && target.resources[0]) {
      return { ...useOf(viewer, stand, target.resources[0]), ready };
    }
    const cause = target.state === "unknown" ? target.cause : "the certificate is defined outside this plan";
    const region = target.state === "outside" ? regionOfArn(target.value) : regionOf(resource);
    return { certificate: outsideCertificate(stand, cause), region: placedRegion(region, stand), ready };
  }
  const isIam = resource.type === "aws_iam_server_certificate";
  const region = isIam ? undefined : placedRegion(regionOf(resource), { ...stand, related });
  if (resource.mode === "data") {
    const status = resource.value("status");
    const issued = isShown(status) && status.value === "ISSUED";
    const cause = "the certificate is defined outside this plan, and its status was not read";
    const ready: Fact<boolean> = { ...(issued ? known(true) : unknown(cause)), ...stand, related };
    const certificate = outsideCertificate(stand, "the certificate is defined outside this plan", resource);
    return { certificate, region, ready };
  }
  return { certificate: certificateOf(resource), region, ready: readiness(viewer, stand, resource) };
}

function readiness(viewer: Block, stand: Stand, certificate: Resource): Fact<boolean> {
  const related = [certificate.address];
  const status = certificate.value("status");
  const issued = isShown(status) && status.value === "ISSUED";
  if (
    issued ||
    certificate.type === "aws_iam_server_certificate" ||
    isImported(certificate) ||
    isPrivate(certificate)
  ) {
    return { ...known(true), ...stand, related };
  }
  const waiting = validationsOf(certificate.scope.view).get(certificate) ?? [];
  const waits = waiting.some((one) => viewer.resource.dependsOn.some((address) => one.address.startsWith(address)));
  if (waits) return { ...known(true), ...stand, related };
  const [validation] = waiting;
  const note = validation
    ? `it does not wait for ${validation.address}`
    : "no aws_acm_certificate_validation waits for its issue";
  const { address, at } = stand.place;
  const value = `${validation?.address ?? "aws_acm_certificate_validation.<name>"}.certificate_arn`;
  return { ...known(false), ...stand, related, note, remedy: { address, attribute: at, value } };
}

const validations = new WeakMap<View, Map<Resource, Resource[]>>();

/** The aws_acm_certificate_validation resources of each certificate. */
function validationsOf(view: View): Map<Resource, Resource[]> {
  let found = validations.get(view);
  if (!found) {
    found = new Map();
    for (const validation of view.resources("aws_acm_certificate_validation")) {
      const target = validation.link("certificate_arn", { aws_acm_certificate: ["arn", "id"] });
      if (target.state !== "found") continue;
      for (const one of target.resources) found.set(one, [...(found.get(one) ?? []), validation]);
    }
    validations.set(view, found);
  }
  return found;
}

/** The plan leaves open which of several certificates it is: what all of them say is known. */
function oneOf(uses: readonly CertificateUse[], resources: readonly Resource[], stand: Stand): CertificateUse {
  const related = resources.map((resource) => resource.address);
  const which = `the plan does not tell which it is of ${related.join(", ")}`;
  const all = <T>(facts: readonly (Fact<T> | undefined)[]): Fact<T> => ({
    ...agreed(
      facts.map((one) => one ?? unknown(which)),
      which,
    ),
    ...stand,
    related,
  });
  const shared = (uses[0]?.certificate.names ?? []).filter(
    (name) =>
      isShown(name) &&
      uses.every((use) => use.certificate.names.some((one) => isShown(one) && one.value === name.value)),
  );
  const certificate: Certificate = {
    address: related[0],
    names: [...shared, { ...unknown(which), ...stand }],
    key: all(uses.map((use) => use.certificate.key)),
    renewal: all(uses.map((use) => use.certificate.renewal)),
  };
  return { certificate, region: all(uses.map((use) => use.region)), ready: all(uses.map((use) => use.ready)) };
}

// --- routes

function routeOf(behavior: Block): Route {
  const pattern = behavior.value("path_pattern");
  return {
    path: pattern.state === "known" ? String(pattern.value) : behavior.at.startsWith("default") ? "*" : behavior.at,
    plainHttp: fact(behavior, "viewer_protocol_policy", {
      read: (value) => viewerProtocols[value as keyof typeof viewerProtocols],
      absent: { unknown: "viewer_protocol_policy is not set" },
      remedy: "redirect-to-https",
    }),
    hsts: hstsOf(behavior),
  };
}

/** A header can come from the response headers policy or from a function; the stronger one counts. */
function hstsOf(behavior: Block): Hsts {
  const policy = policyHsts(behavior);
  const functions = functionHsts(behavior);
  const sources = [policy, ...functions];
  const seconds = (hsts: Hsts) => (isShown(hsts.maxAge) ? hsts.maxAge.value : -1);
  const best = sources.reduce((one, other) => (seconds(other) > seconds(one) ? other : one));
  if (seconds(best) > 0) return best;
  return sources.find((one) => one.maxAge.state === "unknown") ?? functions[0] ?? policy;
}

const headersPolicyTargets = { aws_cloudfront_response_headers_policy: ["id"] };

/** The managed policy that the remedies name: SecurityHeadersPolicy. */
const [securityHeadersPolicy] = managedHeadersPolicies;

function policyHsts(behavior: Block): Hsts {
  const stand = standAt(behavior, "response_headers_policy_id", securityHeadersPolicy.id);
  const link = behavior.link("response_headers_policy_id", headersPolicyTargets);
  if (link.state === "absent") {
    return directives(known(none), { ...stand, note: "no response headers policy is attached" });
  }
  if (link.state === "unknown") return directives(link, stand);
  if (link.state === "outside") {
    const id = isShown(link.value) ? link.value.value : undefined;
    const managed = managedHeadersPolicies.find((one) => one.id === id);
    if (managed) return directives(known(managed.hsts), { ...stand, note: `by ${managed.name}` });
    return directives(unknown("the response headers policy is defined outside this plan"), stand);
  }
  const [first, ...others] = link.resources.map((resource) => resourceHsts(resource, stand));
  if (!first) return directives(known(none), stand);
  if (others.length === 0) return first;
  const which = `the plan does not tell which it is of ${link.resources.map((one) => one.address).join(", ")}`;
  const all = [first, ...others];
  return {
    maxAge: replaced(
      first.maxAge,
      agreed(
        all.map((one) => one.maxAge),
        which,
      ),
    ),
    includeSubDomains: replaced(
      first.includeSubDomains,
      agreed(
        all.map((one) => one.includeSubDomains),
        which,
      ),
    ),
    preload: replaced(
      first.preload,
      agreed(
        all.map((one) => one.preload),
        which,
      ),
    ),
  };
}

const none: HstsDirectives = { maxAge: 0, includeSubDomains: false, preload: false };

function directives(value: Decided<HstsDirectives>, stand: Stand): Hsts {
  const whole: Fact<HstsDirectives> = { ...value, ...stand };
  return {
    maxAge: mapped(whole, (one) => one.maxAge),
    includeSubDomains: mapped(whole, (one) => one.includeSubDomains),
    preload: mapped(whole, (one) => one.preload),
  };
}

/** aws_cloudfront_response_headers_policy, of this plan or looked up. */
function resourceHsts(policy: Resource, { place }: Stand): Hsts {
  const related = [policy.address];
  const managed = managedByName(policy);
  if (managed) return directives(known(managed.hsts), { place, related, note: `by ${managed.name}` });
  const computed = policy.mode === "data";
  const header = policy.block("security_headers_config").block("strict_transport_security");
  const custom = customHeader(policy);
  if (header.presence === "absent" && custom) return directives(custom, { place, related });
  if (header.presence === "absent") {
    const remedy = { address: policy.address, attribute: `${header.at}.access_control_max_age_sec`, value: 31_536_000 };
    const note = `${policy.address} has no strict_transport_security`;
    return directives(known(none), { place, related, note, ...(computed ? {} : { remedy }) });
  }
  const at = <T>(read: Fact<T>): Fact<T> => ({ ...read, place, related });
  const flag = (name: string) =>
    at(
      fact(header, name, {
        read: (value) => (typeof value === "boolean" ? value : undefined),
        absent: false,
        remedy: true,
      }),
    );
  return {
    maxAge: at(
      fact(header, "access_control_max_age_sec", {
        read: (value) => (Number.isFinite(Number(value)) ? Number(value) : undefined),
        absent: 0,
        remedy: 31_536_000,
      }),
    ),
    includeSubDomains: flag("include_subdomains"),
    preload: flag("preload"),
  };
}

function managedByName(policy: Resource) {
  const name = policy.mode === "data" ? policy.value("name") : undefined;
  return name?.state === "known" ? managedHeadersPolicies.find((one) => one.name === name.value) : undefined;
}

function customHeader(policy: Resource): Decided<HstsDirectives> | undefined {
  for (const item of policy.block("custom_headers_config").blocks("items", { set: true })) {
    const name = item.value("header");
    if (!isShown(name) || String(name.value).toLowerCase() !== "strict-transport-security") continue;
    const text = item.value("value");
    if (isShown(text)) return { ...text, value: parseHsts(String(text.value)) };
    return unknown(causeOf(text));
  }
  return undefined;
}

function functionHsts(behavior: Block): Hsts[] {
  const functions = behavior.blocks("function_association", { set: true }).flatMap((association) => {
    if (!runsOn(association, ["viewer-response"])) return [];
    return [codeHsts(association)];
  });
  const lambdas = behavior.blocks("lambda_function_association", { set: true }).flatMap((association) => {
    if (!runsOn(association, ["viewer-response", "origin-response"])) return [];
    const stand = standAt(association, "lambda_arn");
    return [directives(unknown("a Lambda@Edge function may set the header, and a plan does not show its code"), stand)];
  });
  return [...functions, ...lambdas];
}

function runsOn(association: Block, events: readonly string[]): boolean {
  const event = association.value("event_type");
  return !isShown(event) || events.includes(String(event.value));
}

function codeHsts(association: Block): Hsts {
  const stand = standAt(association, "function_arn");
  const link = association.link("function_arn", { aws_cloudfront_function: ["arn"] });
  if (link.state === "unknown") return directives(link, stand);
  if (link.state !== "found" || !link.resources[0]) {
    return directives(unknown("the CloudFront function is defined outside this plan"), stand);
  }
  if (link.resources.length > 1)
    return directives(unknown("the plan does not tell which CloudFront function it is"), stand);
  const [resource] = link.resources;
  const related = [resource.address];
  const code = resource.value("code");
  if (!isShown(code))
    return directives(unknown(`the code of ${resource.address} is ${causeOf(code)}`), { ...stand, related });
  const found = hstsOfFunction(String(code.value));
  if (found.kind === "unclear") return directives(unknown(`${resource.address}: ${found.why}`), { ...stand, related });
  const header = found.kind === "sets" ? parseHsts(found.header) : none;
  const note = found.kind === "sets" ? `by ${resource.address}` : `${resource.address} does not set the header`;
  return directives({ ...code, value: header }, { ...stand, related, note });
}

// --- upstreams

function upstreamsOf(distribution: Resource, behaviors: readonly Block[], routes: readonly Route[]): Upstream[] {
  const groups = distribution.blocks("origin_group", { set: true });
  return distribution.blocks("origin", { set: true }).map((origin): Upstream => {
    const id = origin.value("origin_id");
    const name = id.state === "known" ? String(id.value) : origin.at;
    const targets = [id, ...groups.filter((group) => hasMember(group, id)).map((group) => group.value("origin_id"))];
    const leads = behaviors.map((behavior) => targets.some((one) => isSame(one, behavior.value("target_origin_id"))));
    return { name, routes: routes.filter((_, index) => leads[index]).map(({ path }) => path), ...hopTo(origin) };
  });
}

const hasMember = (group: Block, id: ReturnType<Block["value"]>): boolean =>
  group.blocks("member").some((member) => isSame(member.value("origin_id"), id));

const isSame = (one: ReturnType<Block["value"]>, other: ReturnType<Block["value"]>): boolean =>
  isShown(one) && isShown(other) && one.value === other.value;

function hopTo(origin: Block): Pick<Upstream, "protocol" | "minimumTls"> {
  const website = websiteOrigin(origin);
  if (website) return { protocol: website };
  const custom = origin.block("custom_origin_config");
  if (custom.presence !== "absent") return customHop(custom, "origin_ssl_protocols");
  const vpc = origin.block("vpc_origin_config");
  if (vpc.presence !== "absent") return vpcHop(vpc);
  // An S3 bucket's own endpoint takes TLS 1.2 or newer (AWS, "Amazon S3 infrastructure security").
  const signed = origin.value("origin_access_control_id").state !== "absent";
  const stand = standAt(origin, "origin_access_control_id");
  const note = signed
    ? "CloudFront signs its requests to the bucket and sends them over HTTPS"
    : "CloudFront asks an S3 bucket in the protocol that the viewer used";
  return { protocol: { ...known(signed ? "https" : "viewer"), ...stand, note } };
}

function websiteOrigin(origin: Block): Upstream["protocol"] | undefined {
  const host = origin.value("domain_name");
  const stand = { ...standAt(origin, "domain_name"), note: "an S3 website endpoint answers plain HTTP only" };
  if (isShown(host)) return isS3Website(String(host.value)) ? { ...host, value: "http", ...stand } : undefined;
  const link = origin.link("domain_name", { aws_s3_bucket_website_configuration: ["website_endpoint"] });
  return link.state === "found" ? { ...known("http"), ...stand } : undefined;
}

function customHop(block: Block, tlsAttribute: string): Pick<Upstream, "protocol" | "minimumTls"> {
  const protocol = fact(block, "origin_protocol_policy", {
    read: (value) => originProtocols[value as keyof typeof originProtocols],
    absent: { unknown: "origin_protocol_policy is not set" },
    remedy: "https-only",
  });
  const plain = isShown(protocol) && protocol.value === "http";
  return plain ? { protocol } : { protocol, minimumTls: oldestOf(block, tlsAttribute) };
}

function vpcHop(config: Block): Pick<Upstream, "protocol" | "minimumTls"> {
  const link = config.link("vpc_origin_id", { aws_cloudfront_vpc_origin: ["id"] });
  const [resource] = link.state === "found" ? link.resources : [];
  if (!resource) {
    const cause = link.state === "unknown" ? link.cause : "the VPC origin is defined outside this plan";
    return { protocol: { ...unknown(cause), ...standAt(config, "vpc_origin_id") } };
  }
  const endpoint = resource.block("vpc_origin_endpoint_config");
  const { protocol, minimumTls } = customHop(endpoint, "");
  if (!minimumTls) return { protocol };
  return { protocol, minimumTls: oldestOf(endpoint.block("origin_ssl_protocols"), "items") };
}

/** The oldest version of a list that offers each of its versions. */
function oldestOf(block: Block, attribute: string): Fact<TlsVersion> {
  const stand = standAt(block, attribute, ["TLSv1.2"]);
  const versions = block.elements(attribute).map((value): Decided<TlsVersion> => {
    if (!isShown(value)) return unknown(causeOf(value));
    const version = originTlsVersions[String(value.value)];
    return version ? { ...value, value: version } : unknown("one of its values is not a value that tlsgate recognises");
  });
  if (versions.length === 0) return { ...unknown(`${stand.place.at} is not set`), ...stand };
  const oldest = (list: readonly TlsVersion[]) => tlsVersions.find((version) => list.includes(version)) ?? "SSLv3";
  const shown = versions.filter(isShown);
  const shownOldest = oldest(shown.map((one) => one.value));
  // An old version that is shown stays offered, whatever the others turn out to be.
  if (
    shown.length > 0 &&
    shown.length < versions.length &&
    tlsVersions.indexOf(shownOldest) < tlsVersions.indexOf("TLS 1.2")
  ) {
    return { ...together(...shown), value: shownOldest, ...stand } as Fact<TlsVersion>;
  }
  const all = together<TlsVersion[]>(...versions);
  return all.state === "unknown" ? { ...all, ...stand } : { ...all, value: oldest(all.value), ...stand };
}
