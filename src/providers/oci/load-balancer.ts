// oci_load_balancer_listener → endpoint: its TLS, the redirects and headers of its rule sets, the backend set behind it.
// https://docs.oracle.com/en-us/iaas/tools/terraform-provider-oci/latest/docs/r/load_balancer_listener.html

import { because, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import { suitesOf } from "../../facts/cipher-suite.ts";
import { atLeast, type Endpoint, type PlainHttp, type TlsVersion, type Upstream } from "../../facts/endpoint.ts";
import {
  type Decided,
  type Fact,
  fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  mapped,
  replaced,
  standAt,
  unknown,
  unrecognised,
  valueText,
} from "../../facts/fact.ts";
import { httpsBeside } from "../../facts/https-beside.ts";
import { ecdheAesBy, everything, onlyRoute, type Secured } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { hstsOf, plainHttpOf } from "./load-balancer-rule-set.ts";
import {
  cipherSuites,
  defaultSuite,
  listenerProtocols,
  recommendedSuite,
  type Suites,
  suggestSuites,
  tlsProtocols,
} from "./load-balancer-values.ts";
import { ofSameBalancer } from "./same-balancer.ts";

const backendSets = { oci_load_balancer_backend_set: ["name"], oci_load_balancer_backendset: ["name"] };
const customSuites = { oci_load_balancer_ssl_cipher_suite: ["name"] };

export default defineAdapter({
  id: "oci/load-balancer",
  resourceTypes: ["oci_load_balancer_listener"],
  cannotShow: [
    "Headers that the backends send: HSTS is known only where a rule set adds it.",
    "What is behind a path route set or a routing policy.",
    "The names in a certificate bundle, or in a certificate of the Certificates service.",
  ],
  endpoints(listener) {
    const protocol = protocolOf(listener);
    const tls = listener.block("ssl_configuration");
    const isOther = isShown(protocol) && protocol.value === "other";
    const head = { address: listener.address, kind: "OCI load balancer listener", names: [] };
    if (tls.presence === "absent") {
      if (isOther) return [];
      const open = isShown(protocol) ? plainHttpOf(listener) : replaced<never>(protocol, protocol);
      const routes = [{ path: everything, plainHttp: open }];
      return [{ ...head, certificates: [], httpsBeside: besideOf(listener), routes, upstreams: [] }];
    }
    const refused: Decided<"refused"> = tls.presence === "unknown" ? unknown(lateTls) : known("refused");
    const plainHttp: PlainHttp = { ...refused, ...standAt(tls, ""), note: text`it takes TLS alone` };
    const route = onlyRoute(listener, plainHttp, text`the backend`);
    return [
      {
        ...head,
        ...certificateOf(tls),
        ...securityOf(tls),
        // TCP that is decrypted need not be HTTP.
        routes: [isOther ? { path: everything, plainHttp } : { ...route, hsts: hstsOf(listener) ?? route.hsts }],
        upstreams: upstreamsOf(listener),
      },
    ];
  },
});

const protocolOf = (listener: Resource): Fact<"http" | "other"> =>
  fact(listener, "protocol", {
    read: (value) => lookUp(listenerProtocols, value),
    absent: { unknown: notSet("protocol") },
  });

/** The other listeners of the load balancer: those with an ssl_configuration speak TLS. */
function besideOf(listener: Resource): Fact<boolean> {
  const others = ofSameBalancer(listener, listener.scope.view.resources("oci_load_balancer_listener"));
  const all = others.map((one) => {
    const { presence } = one.block("ssl_configuration");
    const stand = standAt(one, "ssl_configuration");
    const protocol: Fact<string> = presence === "unknown" ? { ...unknown(lateTls), ...stand } : protocolOf(one);
    return { protocol: presence === "present" ? { ...known("tls"), ...stand } : protocol };
  });
  return httpsBeside(all, standAt(listener, "ssl_configuration"));
}

/** A bundle by its name, or a certificate of the Certificates service by its id; neither tells its names. */
function certificateOf(tls: Block): Pick<Endpoint, "certificate" | "certificates"> {
  const given = [tls.value("certificate_name"), ...tls.elements("certificate_ids")];
  // What this plan makes has no id yet, and is a certificate all the same.
  const whose = given.some((one) => one.state !== "absent") ? "own" : "missing";
  const stated: Decided<"own" | "missing"> = tls.presence === "unknown" ? unknown(lateTls) : known(whose);
  return { certificate: { ...stated, ...standAt(tls, "certificate_name") }, certificates: [] };
}

const lateTls = because`its ssl_configuration is known after apply`;

function securityOf(tls: Block): Secured {
  const suites = suitesAt(tls);
  return {
    minimumTls: oldestOf(tls),
    forwardSecrecy: mapped(suites, ({ forwardSecrecy }) => forwardSecrecy),
    aeadOnly: mapped(suites, ({ aeadOnly }) => aeadOnly),
    ecdheAes: ecdheAesBy(
      newestOf(tls),
      mapped(suites, ({ ecdheAes }) => ecdheAes),
    ),
  };
}

function oldestOf(tls: Block): Fact<TlsVersion> {
  const stand = standAt(tls, "protocols", ["TLSv1.2"]);
  const versions = versionsIn(tls);
  if (tls.presence === "unknown") return { ...unknown(lateTls), ...stand };
  if (versions.length === 0)
    return { ...known("TLS 1.2"), ...stand, note: text`TLSv1.2 is what Oracle takes by default` };
  const oldest = versions.reduce((first, one) => (isOlder(one, first) ? one : first));
  const open = versions.find((one) => !isShown(one));
  // One old version decides, whatever the plan does not tell of the others.
  return { ...(open && !isOlder(oldest, known("TLS 1.2")) ? open : oldest), ...stand };
}

const versionsIn = (tls: Block): Decided<TlsVersion>[] =>
  tls.elements("protocols").map((one) => {
    if (!isShown(one)) return one.state === "unknown" ? one : unknown(notSet("one of its values"));
    const version = lookUp(tlsProtocols, one.value);
    return version ? { ...one, value: version } : unrecognised(one, suggestTls);
  });

/** A new version that is shown decides, whatever the plan does not tell of the others. TLS 1.3 takes its suites from the same list. */
function newestOf(tls: Block): Fact<TlsVersion> {
  const stand = standAt(tls, "protocols", ["TLSv1.2"]);
  const versions = versionsIn(tls);
  const [first] = versions;
  if (tls.presence === "unknown") return { ...unknown(lateTls), ...stand };
  if (!first) return { ...known("TLS 1.2"), ...stand };
  const modern = versions.find((one) => isShown(one) && atLeast(one.value, "TLS 1.2"));
  if (modern) return { ...modern, value: "TLS 1.2", ...stand } as Fact<TlsVersion>;
  const open = versions.find((one) => !isShown(one));
  return { ...(open ?? versions.reduce((newest, one) => (isOlder(newest, one) ? one : newest), first)), ...stand };
}

const isOlder = (one: Decided<TlsVersion>, other: Decided<TlsVersion>): boolean =>
  isShown(one) && (!isShown(other) || !atLeast(one.value, other.value));

/** A suite of Oracle's by its name, or one that this plan makes of ciphers. */
function suitesAt(tls: Block): Fact<Suites> {
  const link = tls.link("cipher_suite_name", customSuites);
  const [custom, another] = link.state === "found" ? ofSameBalancer(tls.resource, link.resources) : [];
  if (!custom || another) {
    return fact(tls, "cipher_suite_name", {
      read: (value) => lookUp(cipherSuites, value),
      absent: cipherSuites[defaultSuite] as Suites,
      remedy: recommendedSuite,
      suggests: suggestSuites,
    });
  }
  const stand = standAt(custom, "ciphers");
  const ciphers = custom.elements("ciphers");
  const open = ciphers.find((one) => one.state === "unknown");
  if (open?.state === "unknown") return { ...open, ...stand };
  const suites = suitesOf(ciphers.flatMap((one) => (isShown(one) ? String(one.value) : [])));
  return {
    ...(suites ? known(suites, ciphers.some(isSensitive)) : unknown(because`one of its ciphers is not recognised`)),
    ...stand,
  };
}

/** Backends are reached in the VCN: https://docs.oracle.com/en-us/iaas/Content/Balance/Concepts/balanceoverview.htm. */
const reach = "private" as const;

/** TLS to the backends where their set is configured for it. */
function upstreamsOf(listener: Resource): Upstream[] {
  const attribute = "default_backend_set_name";
  const link = listener.link(attribute, backendSets);
  if (link.state === "absent") return elsewhereOf(listener);
  const [set, another] = link.state === "found" ? ofSameBalancer(listener, link.resources) : [];
  if (set && !another) return [hopTo(set), ...elsewhereOf(listener)];
  const outside = because`the backend set is defined outside this plan, or it does not tell which it is`;
  const protocol = { ...(link.state === "unknown" ? link : unknown(outside)), ...standAt(listener, attribute) };
  return [{ name: nameText(attribute), reach, protocol, routes: [everything] }, ...elsewhereOf(listener)];
}

/** Other backend sets, by the path or by more of a request. */
const elsewhereOf = (listener: Resource): Upstream[] =>
  [text`path_route_set_name`, text`routing_policy_name`]
    .filter((attribute) => listener.value(attribute).state !== "absent")
    .map((name): Upstream => {
      const cause = because`tlsgate does not follow ${name} to the backend sets behind it`;
      return { name, reach, protocol: { ...unknown(cause), ...standAt(listener, name) }, routes: [everything] };
    });

function hopTo(set: Resource): Upstream {
  const tls = set.block("ssl_configuration");
  const base = { name: valueText(set.value("name"), nameText(set.address)), reach, routes: [everything] };
  const stand = standAt(set, "ssl_configuration");
  if (tls.presence === "unknown") return { ...base, protocol: { ...unknown(lateTls), ...stand } };
  if (tls.presence === "absent") return { ...base, protocol: { ...known("http"), ...stand } };
  const certificate = fact(tls, "verify_peer_certificate", {
    read: (value) => (value === true ? "verified" : value === false ? "not verified" : undefined),
    absent: { unknown: because`verify_peer_certificate is not set, and Oracle documents no default for it` },
    remedy: true,
  });
  return { ...base, protocol: { ...known("https"), ...stand }, minimumTls: oldestOf(tls), certificate };
}
