// digitalocean_loadbalancer → endpoint: a route for each forwarding rule that speaks HTTP or HTTPS.
// https://docs.digitalocean.com/products/networking/load-balancers/details/limits/

import { because, type Cause, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp, Route, TlsVersion, Upstream } from "../../facts/endpoint.ts";
import { type Fact, fact, isShown, known, lookUp, mapped, standAt, unknown, valueText } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { fixed, onlyRoute } from "../../facts/service.ts";
import { suggestProtocol } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { certified, together } from "./certificate.ts";
import { type EntryProtocol, entryHttpVersions, entryProtocols, targetProtocols } from "./load-balancer-values.ts";

export default defineAdapter({
  id: "digitalocean/load-balancer",
  resourceTypes: ["digitalocean_loadbalancer"],
  cannotShow: [
    "the cipher suites behind tls_cipher_policy: DigitalOcean publishes no list of them",
    "what the backends accept where TLS is passed through to them",
    "the Strict-Transport-Security header, which the backends send",
  ],
  endpoints: (balancer) => (isGlobal(balancer) ? [] : endpointsOf(balancer)),
});

/** A global load balancer has settings and domains in the place of forwarding rules. */
export function isGlobal(balancer: Resource): boolean {
  const type = balancer.value("type");
  if (isShown(type)) return String(type.value).toUpperCase() === "GLOBAL";
  return balancer.block("glb_settings", { computed: true }).presence === "present";
}

interface Rule {
  readonly block: Block;
  readonly entry: Fact<EntryProtocol>;
  /** Its port, for people. */
  readonly path: DisplayText;
}

function endpointsOf(balancer: Resource): Endpoint[] {
  const rules = balancer.blocks("forwarding_rule", { set: true }).map(ruleOf);
  const speaking = (protocol: EntryProtocol) => rules.filter(({ entry }) => isShown(entry) && entry.value === protocol);
  const [plain, encrypted] = [speaking("http"), speaking("https")];
  const open = rules.filter(({ entry }) => !isShown(entry));
  if (plain.length + encrypted.length + open.length === 0) return [];
  return [
    {
      address: balancer.address,
      kind: "DigitalOcean load balancer",
      names: [],
      ...tlsOf(balancer, [...encrypted, ...open]),
      routes: [
        ...plain.map(({ block, path }) => ({ path, plainHttp: plainHttpOf(balancer, block, encrypted.length > 0) })),
        ...encrypted.map(({ block, path }) => encryptedRoute(balancer, block, path)),
        ...open.map(({ entry, path }) => ({ path, plainHttp: entry as Fact<never> })),
      ],
      upstreams: [...encrypted, ...open].map(upstreamOf),
    },
  ];
}

function ruleOf(block: Block): Rule {
  const entry = fact(block, "entry_protocol", {
    read: (value) => lookUp(entryProtocols, value),
    suggests: suggestProtocol,
    absent: { unknown: notSet("the entry protocol") },
  });
  return { block, entry, path: portOf(block, "entry_port") };
}

function portOf(block: Block, attribute: string): DisplayText {
  const port = valueText(block.value(attribute), undefined);
  return port ? text`port ${port}` : nameText(block.at);
}

/** Only port 80 is redirected, and only when it is asked for. */
function plainHttpOf(balancer: Resource, rule: Block, hasHttps: boolean): PlainHttp {
  const treatment = fact<"redirected" | "served">(balancer, "redirect_http_to_https", {
    read: (value) => (value === true ? "redirected" : value === false ? "served" : undefined),
    absent: "served",
    remedy: true,
  });
  if (isShown(treatment) && treatment.value === "served") {
    // Without a rule for HTTPS there is nowhere to redirect to.
    const { place } = standAt(rule, "entry_protocol");
    return hasHttps ? treatment : { ...treatment, place, remedy: undefined, note: text`no rule speaks HTTPS` };
  }
  const port = rule.value("entry_port");
  if (isShown(port) && port.value === 80) return treatment;
  const stand = standAt(rule, "entry_port");
  if (!isShown(port))
    return { ...unknown(because`only port 80 is redirected, and the plan does not show this one`), ...stand };
  return { ...known("served"), ...stand, note: text`redirect_http_to_https is about port 80 alone` };
}

const encryptedRoute = (balancer: Resource, rule: Block, path: DisplayText): Route => ({
  ...onlyRoute(balancer, { ...known("refused"), ...standAt(rule, "entry_protocol") }, text`the backend`),
  path,
});

const passthroughOf = (rule: Block): Fact<boolean> =>
  fact(rule, "tls_passthrough", {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    absent: false,
  });

const isPassthrough = (rule: Block): boolean => {
  const passthrough = passthroughOf(rule);
  return isShown(passthrough) && passthrough.value;
};

type Tls = Pick<
  Endpoint,
  | "certificate"
  | "certificates"
  | "minimumTls"
  | "forwardSecrecy"
  | "aeadOnly"
  | "ecdheAes"
  | "httpsBeside"
  | "httpVersions"
>;

/** What the rules have in common that end TLS, or pass it on. */
function tlsOf(balancer: Resource, rules: readonly Rule[]): Tls {
  if (rules.length === 0) return { certificates: [], httpsBeside: noHttps(standAt(balancer, "forwarding_rule")) };
  const ended = rules.filter(({ entry, block }) => isShown(entry) && !isPassthrough(block));
  const { certificate, certificates } = together(ended.map(({ block }) => certified(block)));
  const open = rules.map(({ entry }) => entry).find((entry) => !isShown(entry)) as Fact<never> | undefined;
  const floor: Fact<TlsVersion> =
    rules.map(floorOf).find((one) => !isShown(one)) ?? fixed(balancer, "TLS 1.2", oldestNote);
  const unlisted: Cause = {
    reason: "undocumented",
    note: text`DigitalOcean publishes no list of the policy's cipher suites`,
  };
  const suites = isShown(floor) ? { ...unknown(unlisted), ...standAt(balancer, "tls_cipher_policy") } : floor;
  return {
    certificate: certificate ?? open,
    certificates,
    minimumTls: floor,
    forwardSecrecy: suites,
    aeadOnly: suites,
    ecdheAes: mapped(floor, () => true),
    httpVersions: httpVersionsOf(rules),
  };
}

/** https://docs.digitalocean.com/products/networking/load-balancers/details/limits/, of both of its sides. */
export const oldestNote = text`DigitalOcean's load balancers support only TLS 1.2 and TLS 1.3`;

function floorOf({ entry, block }: Rule): Fact<TlsVersion> {
  if (!isShown(entry)) return entry;
  const passthrough = passthroughOf(block);
  if (!isShown(passthrough)) return passthrough;
  const stand = standAt(block, "tls_passthrough");
  if (passthrough.value) {
    const note = text`TLS is passed through to backends, which a plan does not show`;
    return { ...unknown({ reason: "application", note }), ...stand };
  }
  return { ...known("TLS 1.2"), ...stand, note: oldestNote };
}

/** Of HTTPS without a version in its name DigitalOcean does not say which it offers. */
function httpVersionsOf(rules: readonly Rule[]): Endpoint["httpVersions"] {
  const named = rules.filter(({ block }) => lookUp(entryHttpVersions, block.planned("entry_protocol")) !== undefined);
  const [first] = named;
  if (!first) return undefined;
  const versions = named.map(({ block }) => entryHttpVersions[String(block.planned("entry_protocol"))] as string);
  return mapped(first.entry, () => ["HTTP/1.1", ...new Set(versions)]);
}

/** Droplets are reached in the VPC: https://docs.digitalocean.com/products/networking/load-balancers/details/features/. */
const reach = "private";

function upstreamOf({ block, entry, path }: Rule): Upstream {
  const name = text`the backends, ${portOf(block, "target_port")}`;
  if (!isShown(entry)) return { name, reach, protocol: entry as Fact<never>, routes: [path] };
  const passthrough = passthroughOf(block);
  if (isShown(passthrough) && passthrough.value) {
    return { name, reach, protocol: mapped(passthrough, () => "https" as const), routes: [path] };
  }
  return { name, reach, ...hopOf(block), routes: [path] };
}

/** The hop to droplets, or from a global load balancer to regional ones. */
export function hopOf(block: Block): Pick<Upstream, "protocol" | "minimumTls"> {
  const protocol = fact(block, "target_protocol", {
    read: (value) => lookUp(targetProtocols, value),
    suggests: suggestProtocol,
    absent: { unknown: notSet("the target protocol") },
    remedy: "https",
  });
  const isPlain = isShown(protocol) && protocol.value === "http";
  return isPlain ? { protocol } : { protocol, minimumTls: mapped(protocol, () => "TLS 1.2" as const) };
}
