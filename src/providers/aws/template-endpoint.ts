// Resources of CloudFormation → endpoints, as far as their properties are literals; what is none is left out.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html

import type { Endpoint, PlainHttp, Route, Upstream } from "../../facts/endpoint.ts";
import { type Fact, isShown, lookUp } from "../../facts/fact.ts";
import { everything, type Security } from "../../facts/service.ts";
import { type DisplayText, text } from "../../text.ts";
import { securityPolicies as apiPolicies } from "./api-gateway-values.ts";
import {
  defaultCertificatePolicy,
  originProtocols,
  securityPolicies as viewerPolicies,
  viewerProtocols,
} from "./cloudfront-values.ts";
import {
  defaultPolicy,
  finalActions,
  securityPolicies as listenerPolicies,
  listenerProtocols,
  redirectProtocols,
} from "./load-balancer-values.ts";
import { securityPolicies as domainPolicies } from "./opensearch-values.ts";
import {
  elementsOf,
  factHere,
  flag,
  isObject,
  literal,
  part,
  type TemplatePart,
  type TemplateResource,
  textOf,
} from "./template.ts";

type Judged = Partial<Endpoint>;

/** By type: what its properties say of an endpoint. `others`: all resources of the template. */
const readers: {
  readonly [type: string]: (properties: TemplatePart, name: DisplayText, others: readonly TemplateResource[]) => Judged;
} = {
  "AWS::ApiGateway::DomainName": (properties) => secures(part(properties, "SecurityPolicy"), apiPolicies),
  "AWS::ApiGatewayV2::DomainName": (properties) => {
    const [configuration] = elementsOf(part(properties, "DomainNameConfigurations"));
    return configuration ? secures(part(configuration, "SecurityPolicy"), apiPolicies) : {};
  },
  "AWS::CloudFront::Distribution": distribution,
  "AWS::ElasticLoadBalancingV2::Listener": listener,
  "AWS::Elasticsearch::Domain": (properties, name) => searchDomain(part(properties, "DomainEndpointOptions"), name),
  "AWS::OpenSearchService::Domain": (properties, name) => searchDomain(part(properties, "DomainEndpointOptions"), name),
};

/** What can be said of each resource; a resource of which nothing can be said makes no endpoint. */
export function endpointsOf(resources: readonly TemplateResource[]): Endpoint[] {
  return resources.flatMap(({ type, name, properties }) => {
    const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
    const judged = read?.(properties, name, resources) ?? {};
    if (Object.values(judged).every((one) => one === undefined || (Array.isArray(one) && one.length === 0))) return [];
    const { address } = properties.resource;
    return [{ address, kind: kindOf(type), names: [], certificates: [], routes: [], upstreams: [], ...judged }];
  });
}

const kinds: { readonly [type: string]: string } = {
  "AWS::ApiGateway::DomainName": "API Gateway domain name of a template",
  "AWS::ApiGatewayV2::DomainName": "API Gateway domain name of a template",
  "AWS::CloudFront::Distribution": "CloudFront distribution of a template",
  "AWS::ElasticLoadBalancingV2::Listener": "load balancer listener of a template",
  "AWS::Elasticsearch::Domain": "Elasticsearch domain of a template",
  "AWS::OpenSearchService::Domain": "OpenSearch domain of a template",
};

const kindOf = (type: string): string => kinds[type] ?? "endpoint of a template";

type Policies = { readonly [name: string]: Pick<Security, "minimumTls"> & Partial<Security> };

/** What a security policy negotiates, where its name is a literal that a table holds. */
function secures(policy: TemplatePart, policies: Policies): Judged {
  const security = literal(policy, (name) => lookUp(policies, name));
  return security ? negotiated(security) : {};
}

function negotiated(security: Fact<Policies[string]>): Judged {
  if (!isShown(security)) return {};
  const { minimumTls, forwardSecrecy, aeadOnly, ecdheAes } = security.value;
  const fact = <T>(value: T) => ({ ...security, value, cures: undefined });
  return {
    minimumTls: fact(minimumTls),
    ...(forwardSecrecy !== undefined && { forwardSecrecy: fact(forwardSecrecy) }),
    ...(aeadOnly !== undefined && { aeadOnly: fact(aeadOnly) }),
    ...(ecdheAes !== undefined && { ecdheAes: fact(ecdheAes) }),
  };
}

// --- CloudFront

function distribution(properties: TemplatePart, name: DisplayText): Judged {
  const config = part(properties, "DistributionConfig");
  const behaviors = [part(config, "DefaultCacheBehavior"), ...elementsOf(part(config, "CacheBehaviors"))];
  return {
    ...viewerTls(config),
    routes: behaviors.flatMap((behavior) => routeOf(behavior, name)),
    upstreams: elementsOf(part(config, "Origins")).flatMap((origin) => upstreamOf(origin, behaviors, name)),
  };
}

function routeOf(behavior: TemplatePart, name: DisplayText): Route[] {
  const plainHttp = literal(part(behavior, "ViewerProtocolPolicy"), (value) => lookUp(viewerProtocols, value));
  const path = textOf(part(behavior, "PathPattern"), everything);
  return plainHttp ? [{ path: text`${path} of ${name}`, plainHttp }] : [];
}

/** An origin that no behavior uses carries no traffic; one that follows the viewer is left out. */
function upstreamOf(origin: TemplatePart, behaviors: readonly TemplatePart[], name: DisplayText): Upstream[] {
  const id = part(origin, "Id").value;
  const isUsed = typeof id === "string" && behaviors.some((one) => part(one, "TargetOriginId").value === id);
  const protocol = literal(part(part(origin, "CustomOriginConfig"), "OriginProtocolPolicy"), (value) => {
    const read = lookUp(originProtocols, value);
    return read === "viewer" ? undefined : read;
  });
  if (!isUsed || !protocol) return [];
  return [
    { name: text`${textOf(part(origin, "Id"), text`an origin`)} of ${name}`, reach: "public", protocol, routes: [] },
  ];
}

function viewerTls(config: TemplatePart): Judged {
  const viewer = part(config, "ViewerCertificate");
  const isDefault = viewer.value === undefined || flag(part(viewer, "CloudFrontDefaultCertificate").value);
  if (isDefault && isObject(config)) {
    return {
      certificate: certificateFor(part(config, "Aliases"), viewer),
      ...negotiated({
        ...factHere(viewer, viewerPolicies[defaultCertificatePolicy] as Security),
        note: text`CloudFront's own certificate takes security policy TLSv1, whatever MinimumProtocolVersion says`,
      }),
    };
  }
  const policy = part(viewer, "MinimumProtocolVersion");
  if (policy.value !== undefined || !isObject(viewer)) return secures(policy, viewerPolicies);
  return negotiated(factHere(policy, viewerPolicies[defaultCertificatePolicy] as Security));
}

/** Whose certificate CloudFront shows without one of the owner's; nothing where a function decides on the names. */
function certificateFor(aliases: TemplatePart, viewer: TemplatePart): Endpoint["certificate"] {
  if (elementsOf(aliases).some(({ value }) => typeof value === "string")) return factHere(viewer, "missing");
  const hasNone = aliases.value === undefined || (Array.isArray(aliases.value) && aliases.value.length === 0);
  return hasNone ? factHere(viewer, "provider") : undefined;
}

// --- load balancers

function listener(properties: TemplatePart, name: DisplayText, others: readonly TemplateResource[]): Judged {
  const protocol = lookUp(listenerProtocols, part(properties, "Protocol").value);
  const policy = part(properties, "SslPolicy");
  if (protocol === "https" || protocol === "tls") {
    if (policy.value !== undefined) return secures(policy, listenerPolicies);
    return negotiated(factHere(policy, listenerPolicies[defaultPolicy] as Security));
  }
  if (protocol !== "http") return {};
  const plainHttp = actionOf(part(properties, "DefaultActions"));
  // A rule that matches every request takes precedence.
  const hasRules = others.some(({ type }) => type === "AWS::ElasticLoadBalancingV2::ListenerRule");
  const isOpen = !plainHttp || (hasRules && isShown(plainHttp) && plainHttp.value === "served");
  return isOpen ? {} : { routes: [{ path: text`${everything} of ${name}`, plainHttp }] };
}

/** What the one action does that ends what happens to a request. */
function actionOf(actions: TemplatePart): PlainHttp | undefined {
  const [action, another] = elementsOf(actions).filter((one) => lookUp(finalActions, part(one, "Type").value));
  if (!action || another) return undefined;
  const kind = lookUp(finalActions, part(action, "Type").value);
  if (kind === "forward") return factHere(part(action, "Type"), "served");
  if (kind !== "redirect") return undefined;
  const protocol = part(part(action, "RedirectConfig"), "Protocol");
  return literal(protocol, (value) => lookUp(redirectProtocols, value ?? "#{protocol}"));
}

// --- OpenSearch

function searchDomain(options: TemplatePart, name: DisplayText): Judged {
  const plainHttp = literal(part(options, "EnforceHTTPS"), (value) => {
    const isEnforced = flag(value);
    return isEnforced === undefined ? undefined : isEnforced ? ("refused" as const) : ("served" as const);
  });
  return {
    ...secures(part(options, "TLSSecurityPolicy"), domainPolicies),
    routes: plainHttp ? [{ path: text`${everything} of ${name}`, plainHttp }] : [],
  };
}
