// oci_load_balancer_listener → endpoint: its TLS, the redirects and headers of its rule sets, the backend set behind it.
// https://docs.oracle.com/en-us/iaas/tools/terraform-provider-oci/latest/docs/r/load_balancer_listener.html

import { defineAdapter } from "../../facts/adapter.ts";
import { suitesOf } from "../../facts/cipher-suite.ts";
import {
  atLeast,
  type Endpoint,
  type Hsts,
  type PlainHttp,
  type TlsVersion,
  type Upstream,
} from "../../facts/endpoint.ts";
import {
  type Decided,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  mapped,
  replaced,
  standAt,
  unknown,
  unrecognised,
} from "../../facts/fact.ts";
import { parseHsts } from "../../facts/hsts.ts";
import { onlyRoute, type Security, untold } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import {
  cipherSuites,
  defaultSuite,
  listenerProtocols,
  pathOperators,
  recommendedSuite,
  redirectProtocols,
  type Suites,
  tlsProtocols,
} from "./load-balancer-values.ts";

const ruleSets = { oci_load_balancer_rule_set: ["name"] };
const backendSets = { oci_load_balancer_backend_set: ["name"], oci_load_balancer_backendset: ["name"] };
const customSuites = { oci_load_balancer_ssl_cipher_suite: ["name"] };

export default defineAdapter({
  id: "oci/load-balancer",
  resourceTypes: ["oci_load_balancer_listener"],
  cannotShow: [
    "Headers that the backends send: HSTS is known only where a rule set adds it.",
    "The names in a certificate bundle, or in a certificate of the Certificates service.",
  ],
  endpoints(listener) {
    const protocol = fact(listener, "protocol", {
      read: (value) => lookUp(listenerProtocols, value),
      absent: { unknown: "protocol is not set" },
    });
    const tls = listener.block("ssl_configuration");
    if (isShown(protocol) && protocol.value === "other") return [];
    const head = { address: listener.address, kind: "OCI load balancer listener", names: [] };
    if (tls.presence === "absent") {
      const open = isShown(protocol) ? plainHttpOf(listener) : replaced<never>(protocol, protocol);
      return [{ ...head, certificates: [], routes: [{ path: "*", plainHttp: open }], upstreams: [] }];
    }
    const refused: PlainHttp = { ...known("refused"), ...standAt(tls, ""), note: "it takes TLS alone" };
    const route = onlyRoute(listener, refused, "the backend");
    return [
      {
        ...head,
        ...certificateOf(tls),
        ...securityOf(tls),
        routes: [{ ...route, hsts: hstsOf(listener) ?? route.hsts }],
        upstreams: upstreamsOf(listener),
      },
    ];
  },
});

/** A bundle by its name, or a certificate of the Certificates service by its id; neither tells its names. */
function certificateOf(tls: Block): Pick<Endpoint, "certificate" | "certificates"> {
  const given = [tls.value("certificate_name"), ...tls.elements("certificate_ids")];
  // What this plan makes has no id yet, and is a certificate all the same.
  const whose = given.some((one) => one.state !== "absent") ? "own" : "missing";
  const stated: Decided<"own" | "missing"> = tls.presence === "unknown" ? unknown(lateTls) : known(whose);
  return { certificate: { ...stated, ...standAt(tls, "certificate_name") }, certificates: [] };
}

const lateTls = "its ssl_configuration is known after apply";

function securityOf(tls: Block): { readonly [K in keyof Security]: Fact<Security[K]> } {
  const suites = suitesAt(tls);
  return {
    minimumTls: oldestOf(tls),
    forwardSecrecy: mapped(suites, ({ forwardSecrecy }) => forwardSecrecy),
    aeadOnly: mapped(suites, ({ aeadOnly }) => aeadOnly),
  };
}

function oldestOf(tls: Block): Fact<TlsVersion> {
  const stand = standAt(tls, "protocols", ["TLSv1.2"]);
  const written = tls.elements("protocols");
  if (tls.presence === "unknown") return { ...unknown(lateTls), ...stand };
  if (written.length === 0) return { ...known("TLS 1.2"), ...stand, note: "TLSv1.2 is what Oracle takes by default" };
  const versions = written.map((one): Decided<TlsVersion> => {
    if (!isShown(one)) return unknown(one.state === "unknown" ? one.cause : "one of its values is not set");
    const version = lookUp(tlsProtocols, one.value);
    return version ? { ...one, value: version } : unrecognised(one, suggestTls);
  });
  const oldest = versions.reduce((first, one) => (isOlder(one, first) ? one : first));
  const open = versions.find((one) => !isShown(one));
  // One old version decides, whatever the plan does not tell of the others.
  return { ...(open && !isOlder(oldest, known("TLS 1.2")) ? open : oldest), ...stand };
}

const isOlder = (one: Decided<TlsVersion>, other: Decided<TlsVersion>): boolean =>
  isShown(one) && (!isShown(other) || !atLeast(one.value, other.value));

/** A suite of Oracle's by its name, or one that this plan makes of ciphers. */
function suitesAt(tls: Block): Fact<Suites> {
  const link = tls.link("cipher_suite_name", customSuites);
  const [custom, another] = link.state === "found" ? link.resources : [];
  if (!custom || another) {
    return fact(tls, "cipher_suite_name", {
      read: (value) => lookUp(cipherSuites, value),
      absent: cipherSuites[defaultSuite] as Suites,
      remedy: recommendedSuite,
      suggests: suggestTls,
    });
  }
  const stand = standAt(custom, "ciphers");
  const ciphers = custom.elements("ciphers");
  const open = ciphers.find((one) => one.state === "unknown");
  if (open?.state === "unknown") return { ...open, ...stand };
  const suites = suitesOf(ciphers.flatMap((one) => (isShown(one) ? String(one.value) : [])));
  return { ...(suites ? known(suites) : unknown("one of its ciphers is not recognised")), ...stand };
}

/** The rules of a listener, or why the plan does not tell them. */
function rulesOf(listener: Resource): readonly Block[] | { readonly unknown: string } {
  if (listener.value("rule_set_names").state === "absent") return [];
  const link = listener.link("rule_set_names", ruleSets);
  const named = link.state === "found" ? link.resources : ruleSetsNamed(listener);
  if (!named) return { unknown: "its rule sets are defined outside this plan" };
  return named.flatMap((set) => set.blocks("items"));
}

function ruleSetsNamed(listener: Resource): readonly Resource[] | undefined {
  const names = listener.elements("rule_set_names");
  const sets = names.map((name) =>
    isShown(name) ? listener.scope.view.identified("oci_load_balancer_rule_set", "name", name.value)[0] : undefined,
  );
  return sets.every((set) => set !== undefined) ? sets : undefined;
}

const isAction = (rule: Block, action: string): boolean => {
  const value = rule.value("action");
  return isShown(value) && value.value === action;
};

/** Plain HTTP is served, but where a rule redirects every path to HTTPS. */
function plainHttpOf(listener: Resource): PlainHttp {
  const stand = standAt(listener, "rule_set_names");
  const rules = rulesOf(listener);
  if ("unknown" in rules) return { ...unknown(rules.unknown), ...stand };
  const redirect = rules.find((rule) => isAction(rule, "REDIRECT") && takesAll(rule));
  if (!redirect) return { ...known("served"), ...stand, note: "no rule set redirects every path to HTTPS" };
  return fact(redirect.block("redirect_uri"), "protocol", {
    read: (value) => lookUp(redirectProtocols, value),
    absent: "served",
    remedy: "HTTPS",
  });
}

function takesAll(rule: Block): boolean {
  const [condition, another] = rule.blocks("conditions");
  if (!condition || another) return !condition;
  const [path, operator] = [condition.value("attribute_value"), condition.value("operator")];
  return isShown(path) && path.value === "/" && isShown(operator) && lookUp(pathOperators, operator.value) === true;
}

/** What a rule set adds; nothing where none does, as the backend may. */
function hstsOf(listener: Resource): Hsts | undefined {
  const rules = rulesOf(listener);
  if ("unknown" in rules) {
    const open = untold(listener, rules.unknown);
    return { maxAge: open, includeSubDomains: open, preload: open };
  }
  const header = rules.find((rule) => isAction(rule, "ADD_HTTP_RESPONSE_HEADER") && isHsts(rule.value("header")));
  if (!header) return undefined;
  const parsed = fact(header, "value", {
    read: (value) => (typeof value === "string" ? parseHsts(value) : undefined),
    absent: parseHsts(""),
    remedy: "max-age=31536000; includeSubDomains",
  });
  return {
    maxAge: mapped(parsed, ({ maxAge }) => maxAge),
    includeSubDomains: mapped(parsed, ({ includeSubDomains }) => includeSubDomains),
    preload: mapped(parsed, ({ preload }) => preload),
  };
}

const isHsts = (name: ReturnType<Block["value"]>): boolean =>
  isShown(name) && String(name.value).toLowerCase() === "strict-transport-security";

/** TLS to the backends where their set is configured for it. */
function upstreamsOf(listener: Resource): Upstream[] {
  const link = listener.link("default_backend_set_name", backendSets);
  const [set, another] = link.state === "found" ? link.resources : [];
  if (!set || another) return [];
  const tls = set.block("ssl_configuration");
  const name = set.value("name");
  const base = { name: isShown(name) ? String(name.value) : set.address, routes: ["*"] };
  const stand = standAt(set, "ssl_configuration");
  if (tls.presence === "unknown") return [{ ...base, protocol: { ...unknown(lateTls), ...stand } }];
  if (tls.presence === "absent") return [{ ...base, protocol: { ...known("http"), ...stand } }];
  const certificate = fact(tls, "verify_peer_certificate", {
    read: (value) => (value === true ? "verified" : value === false ? "not verified" : undefined),
    absent: { unknown: "verify_peer_certificate is not set, and Oracle documents no default for it" },
    remedy: true,
  });
  return [{ ...base, protocol: { ...known("https"), ...stand }, minimumTls: oldestOf(tls), certificate }];
}
