// fastly_service_vcl, fastly_service_compute → endpoint: its domains and their TLS, its redirect, headers and backends.
// https://github.com/fastly/terraform-provider-fastly/blob/main/docs/resources/service_vcl.md

import { because, describeCause } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import { atLeast, type CertificateUse, type Endpoint, type Hsts, type PlainHttp } from "../../facts/endpoint.ts";
import {
  all,
  type Decided,
  type Fact,
  isShown,
  known,
  mapped,
  type Stand,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { type HstsDirectives, oneYear, parseHsts } from "../../facts/hsts.ts";
import { always, everything, onlyRoute } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { printableValue, text } from "../../text.ts";
import { upstreamsOf } from "./backend.ts";
import { allNamesOf, namesOf, serviceTypes, sourcesFor } from "./domains.ts";
import { codeOf, isHsts, type ServiceCode } from "./service-code.ts";
import { type TlsSource, tlsSources } from "./tls.ts";
import { headerAfter } from "./vcl-header.ts";
import { plainHttpBy } from "./vcl-redirect.ts";

export default defineAdapter({
  id: "fastly/service",
  resourceTypes: serviceTypes,
  cannotShow: [
    "the TLS versions of a domain whose TLS configuration is named by its id alone, or not at all",
    "the headers that a Compute program sets",
    "the content of dynamic snippets that is managed elsewhere",
  ],
  endpoints: (service) => [endpointOf(service)],
});

function endpointOf(service: Resource): Endpoint {
  const isVcl = service.type === "fastly_service_vcl";
  const code = isVcl ? codeOf(service) : undefined;
  // https://www.fastly.com/documentation/solutions/examples/force-tls-ssl-https
  const byCompute = always(service, "redirected" as const, text`Compute redirects plain HTTP by itself`);
  return {
    address: service.address,
    kind: isVcl ? "Fastly VCL service" : "Fastly Compute service",
    ...tlsOf(service),
    routes: [
      code
        ? { path: everything, plainHttp: plainHttpOf(service, code), hsts: hstsOf(service, code) }
        : onlyRoute(service, byCompute, text`the program`),
    ],
    upstreams: upstreamsOf(service),
  };
}

// --- TLS

type Tls = Pick<
  Endpoint,
  "names" | "certificate" | "certificates" | "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes" | "httpVersions"
>;

function tlsOf(service: Resource): Tls {
  const names = namesOf(service);
  const all = tlsSources(service.scope.view);
  const byName = names.map((name) => ({ name, sources: sourcesFor(name, all) }));
  const used = [...new Set(byName.flatMap(({ sources }) => sources))];
  const bare = byName.find(({ sources }) => sources.length === 0);
  const untold = bare ? untoldTls(service, bare.name, all) : undefined;
  const floors = [...used.map(({ minimumTls }) => minimumTls), ...(untold ? [untold] : [])];
  const secrecy =
    used.find(({ forwardSecrecy }) => !isShown(forwardSecrecy))?.forwardSecrecy ?? used[0]?.forwardSecrecy;
  return {
    names,
    certificate: untold ?? whose(service, names),
    certificates: usesOf(used),
    // No name of its owner's: Fastly's own name, with Fastly's own configuration.
    minimumTls: weakest(floors) ?? nameless(service),
    forwardSecrecy: untold ?? secrecy,
    aeadOnly: untold ?? secrecy,
    ecdheAes: untold ?? weakestSuites(used.map(({ ecdheAes }) => ecdheAes)),
    httpVersions: used[0]?.httpVersions ?? http3Of(service),
  };
}

const nameless = (service: Resource): Fact<never> => ({
  ...unknown(because`the plan does not tell which domains and TLS configuration it has`),
  ...standAt(service, ""),
});

function whose(service: Resource, names: readonly Fact<string>[]): Endpoint["certificate"] {
  if (names.length > 0) return { ...known("own"), ...standAt(service, "domain") };
  if (allNamesOf(service).length > 0) return { ...known("provider"), ...standAt(service, "domain") };
  return nameless(service);
}

function untoldTls(service: Resource, name: Fact<string>, all: readonly TlsSource[]): Fact<never> {
  const stand = standAt(service, "domain");
  if (!isShown(name)) return { ...unknown(name.cause, name.kind), ...stand };
  const open = all.flatMap((source) => source.names).find((one) => !isShown(one));
  const shown = valueText(name, text`one of its domains`);
  const note = text`no TLS subscription or activation of this plan is for ${shown}`;
  const whole = open && !isShown(open) ? text`${note}, as far as it tells: ${describeCause(open.cause)}` : note;
  return { ...unknown({ reason: "other", note: whole }), ...stand };
}

/** One certificate can be used by several. */
const usesOf = (sources: readonly TlsSource[]): CertificateUse[] => [
  ...new Map(sources.map(({ use }) => [use.certificate.address ?? use, use])).values(),
];

/** An old version that is shown decides, whatever the plan does not tell of the others. */
const weakest = <T extends NonNullable<Endpoint["minimumTls"]>>(floors: readonly T[]): T | undefined =>
  floors.find((one) => isShown(one) && !atLeast(one.value, "TLS 1.2")) ??
  floors.find((one) => !isShown(one)) ??
  floors.find((one) => isShown(one) && one.value === "TLS 1.2") ??
  floors[0];

const weakestSuites = ([first, ...others]: readonly Fact<boolean>[]): Fact<boolean> | undefined =>
  first && all(first, ...others);

function http3Of(service: Resource): Endpoint["httpVersions"] {
  const enabled = service.value("http3");
  if (!isShown(enabled) || enabled.value !== true) return undefined;
  return { ...enabled, value: ["HTTP/1.1", "HTTP/3"], ...standAt(service, "http3") };
}

// --- plain HTTP and HSTS, by VCL

function plainHttpOf(service: Resource, code: ServiceCode): PlainHttp {
  const stand = standAt(service.block("request_setting"), "force_ssl", true);
  const found = plainHttpBy(code.receive, code.error);
  if (typeof found === "object") return { ...unknown(found.unclear), place: stand.place };
  if (found !== "none") return { ...known(found), place: stand.place };
  return { ...known("served"), ...stand, note: text`no setting and no VCL of the service redirects it` };
}

function hstsOf(service: Resource, code: ServiceCode): Hsts {
  const found = headerAfter(code.deliver, "resp", headerAfter(code.fetch, "beresp"));
  const stand = headerStand(service);
  const about = (header: string): Decided<HstsDirectives> => known(parseHsts(header), code.isSecret);
  const whole: Decided<HstsDirectives> =
    found === "none" ? about("") : "unclear" in found ? unknown(found.unclear) : about(found.sets);
  const directive = <T>(choose: (one: HstsDirectives) => T, wanted: Partial<HstsDirectives> = {}): Fact<T> => {
    const shown = printableValue(whole) ?? parseHsts("");
    const remedy = stand.remedy && { ...stand.remedy, value: sourceOf({ ...shown, ...wanted }) };
    return mapped({ ...whole, ...stand, remedy }, choose);
  };
  return {
    maxAge: directive((one) => one.maxAge),
    includeSubDomains: directive((one) => one.includeSubDomains, { includeSubDomains: true }),
    preload: directive((one) => one.preload, { includeSubDomains: true, preload: true }),
  };
}

/** A header's `source` is an expression of VCL, so its text stands in quotes. */
function sourceOf({ maxAge, includeSubDomains, preload }: HstsDirectives): string {
  const flags = `${includeSubDomains ? "; includeSubDomains" : ""}${preload ? "; preload" : ""}`;
  return `"max-age=${Math.max(maxAge, oneYear)}${flags}"`;
}

/** The header block or the code that is about the header; the service itself where nothing is. */
function headerStand(service: Resource): Stand {
  const header = service.blocks("header").find((block) => {
    const destination = block.value("destination");
    return isShown(destination) && isHsts(String(destination.value));
  });
  if (header) return standAt(header, "source", "");
  const code = ["snippet", "vcl"].flatMap((kind) => service.blocks(kind));
  const about = code.find((block) => {
    const content = block.value("content");
    return isShown(content) && /strict-transport-security/i.test(String(content.value));
  });
  return about ? standAt(about, "content") : standAt(service, "");
}
