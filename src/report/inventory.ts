// The inventory of endpoints, for people and as JSON: the model made visible.

import type { CertificateUse, Endpoint, Route, Upstream } from "../facts/endpoint.ts";
import type { Fact } from "../facts/fact.ts";
import { onOneLine, printable } from "./printable.ts";
import type { Style } from "./style.ts";

export interface PlanEndpoints {
  readonly path: string;
  readonly endpoints: readonly Endpoint[];
}

export const inventoryJson = (plans: readonly PlanEndpoints[], version: string): string => {
  const document = { schemaVersion: 1, tool: { name: "tlsgate", version }, plans };
  // A sensitive value is judged, never printed.
  const safe = (_key: string, value: unknown) => (isSensitive(value) ? { ...value, value: undefined } : value);
  return `${printable(JSON.stringify(document, safe, 2))}\n`;
};

const isSensitive = (value: unknown): value is Fact =>
  typeof value === "object" && value !== null && "state" in value && value.state === "sensitive";

export function inventoryText(plans: readonly PlanEndpoints[], style: Style): string {
  const parts = plans.flatMap(({ path, endpoints }) => [
    style.bold(onOneLine(path)) + style.dim(`  ${endpoints.length} endpoint${endpoints.length === 1 ? "" : "s"}`),
    ...endpoints.map((endpoint) => endpointText(endpoint, style)),
  ]);
  return `${parts.join("\n\n")}\n`;
}

function endpointText(endpoint: Endpoint, style: Style): string {
  const rows: [string, string[]][] = [
    [
      "names",
      endpoint.names.length > 0 ? [endpoint.names.map((name) => say(name, String)).join(", ")] : ["the provider's own"],
    ],
    ["certificate", certificateLines(endpoint)],
    ["TLS", [tlsLine(endpoint)]],
    ["HTTP", endpoint.httpVersions ? [say(endpoint.httpVersions, (versions) => versions.join(", "))] : []],
    ["routes", endpoint.routes.map(routeLine)],
    ["origins", endpoint.upstreams.map(upstreamLine)],
  ];
  const lines = rows.flatMap(([label, texts]) =>
    texts.map((text, index) => `  ${style.dim((index === 0 ? label : "").padEnd(11))} ${onOneLine(text)}`),
  );
  return [`${style.bold(onOneLine(endpoint.address))}  ${style.dim(endpoint.kind)}`, ...lines].join("\n");
}

function say<T>(fact: Fact<T>, words: (value: T) => string): string {
  if (fact.state === "unknown") return `unknown (${fact.cause})`;
  return fact.state === "sensitive" ? "(sensitive)" : words(fact.value);
}

function certificateLines({ certificate, certificates }: Endpoint): string[] {
  const words = { own: "its owner's", provider: "the provider's own", missing: "missing" };
  return [say(certificate, (whose) => words[whose]), ...certificates.map(useLine)];
}

const useLine = ({ certificate, region, ready }: CertificateUse): string =>
  [
    certificate.address ?? "from outside the plan",
    `for ${certificate.names.map((name) => say(name, String)).join(", ")}`,
    say(certificate.key, ({ algorithm, size }) => `${algorithm} ${size}`),
    region ? say(region, ({ actual }) => actual) : "",
    say(ready, (issued) => (issued ? "issued before use" : "perhaps not issued before use")),
  ]
    .filter((part) => part !== "")
    .join("; ");

const tlsLine = ({ minimumTls, forwardSecrecy, aeadOnly, sni }: Endpoint): string =>
  [
    say(minimumTls, (version) => `${version} or newer`),
    say(forwardSecrecy, (secret) => (secret ? "forward secrecy" : "no forward secrecy")),
    say(aeadOnly, (strong) => (strong ? "AEAD only" : "CBC or older suites")),
    sni ? say(sni, (byName) => (byName ? "SNI" : "dedicated IP addresses")) : "",
  ]
    .filter((part) => part !== "")
    .join(", ");

const treatments = { served: "serves plain HTTP", redirected: "redirects to HTTPS", refused: "refuses plain HTTP" };

const routeLine = ({ path, plainHttp, hsts }: Route): string =>
  `${path}: ${say(plainHttp, (treatment) => treatments[treatment])}; ${say(hsts.maxAge, (seconds) => (seconds > 0 ? `HSTS for ${seconds} s` : "no HSTS"))}`;

const protocols = { https: "HTTPS", http: "plain HTTP", viewer: "the viewer's protocol" };

const upstreamLine = ({ name, protocol, minimumTls }: Upstream): string =>
  `${name}: ${say(protocol, (one) => protocols[one])}${minimumTls ? `, ${say(minimumTls, (version) => `${version} or newer`)}` : ""}`;
