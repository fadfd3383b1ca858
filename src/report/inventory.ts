// The inventory of endpoints, for people and as JSON: the model made visible.

import { describeCause, type UnknownKind } from "../cause.ts";
import type { CertificateUse, Endpoint, Hsts, Route, Upstream } from "../facts/endpoint.ts";
import type { Assumed, Fact } from "../facts/fact.ts";
import { printableValue } from "../text.ts";
import { grouped } from "./grouped.ts";
import { lines } from "./lines.ts";
import { machineJson } from "./machine-json.ts";
import type { Screen } from "./style.ts";

export interface PlanEndpoints {
  readonly path: string;
  /** null where the input could not be read. */
  readonly formatVersion: string | null;
  readonly terraformVersion: string | null;
  readonly complete: boolean;
  readonly endpoints: readonly Endpoint[] | null;
}

/** Grows by new fields only; another meaning of a field would be version 2. */
const schemaVersion = 1;

/** As schemas/endpoints.schema.json describes it. */
export function inventoryJson(plans: readonly PlanEndpoints[], version: string): string {
  const shown = plans.map((plan) => ({ ...plan, endpoints: plan.endpoints && documents(plan.endpoints) }));
  return machineJson({ schemaVersion, tool: { name: "tlsgate", version }, plans: shown });
}

/** Endpoints as they are written down: no sensitive value among them. */
export const documents = (endpoints: readonly Endpoint[]): unknown[] =>
  JSON.parse(JSON.stringify(endpoints, (_key, value: unknown) => (isFact(value) ? factDocument(value) : value)));

const isFact = (value: unknown): value is Fact =>
  typeof value === "object" && value !== null && "state" in value && "place" in value;

/** A fact as it is written down. */
export interface FactDocument {
  readonly state: "known" | "sensitive" | "unknown";
  /** null for a sensitive value, which is never printed, and for an unknown one. */
  readonly value: unknown;
  /** What an unknown means for the gate; null for a value. */
  readonly kind: UnknownKind | null;
  readonly cause: string | null;
  readonly note: string | null;
  /** Who states the value where the plan does not show it; null where it does. */
  readonly assumed: Assumed | null;
  readonly address: string;
  readonly at: string;
  readonly related: readonly string[];
}

const factDocument = (fact: Fact): FactDocument => ({
  state: fact.state === "known" && fact.sensitive ? "sensitive" : fact.state,
  value: printableValue(fact) ?? null,
  kind: fact.state === "unknown" ? fact.kind : null,
  cause: fact.state === "unknown" ? describeCause(fact.cause) : null,
  note: fact.note ?? null,
  assumed: fact.assumed ?? null,
  ...fact.place,
  related: fact.related ?? [],
});

export function inventoryText(plans: readonly PlanEndpoints[], { style, width }: Screen): string {
  const parts = plans.flatMap(({ path, complete, endpoints }) => {
    if (!endpoints) return [];
    const count = `${endpoints.length} endpoint${endpoints.length === 1 ? "" : "s"}`;
    const facts = complete ? count : `${count} (PARTIAL PLAN: there may be more)`;
    const head: [string, typeof style.bold][] = [
      [path, style.bold],
      [facts, style.dim],
    ];
    return [lines(head, { width, rest: 2 }), ...endpoints.map((endpoint) => endpointLines(endpoint, { style, width }))];
  });
  return parts.map((part) => `${part.join("\n")}\n`).join("\n");
}

function endpointLines(endpoint: Endpoint, { style, width }: Screen): string[] {
  const { address, kind, names, httpVersions, routes, upstreams } = endpoint;
  const rows: readonly (readonly [label: string, texts: readonly string[]])[] = [
    ["names", [names.length > 0 ? namesText(names) : "none of its own"]],
    ["certificate", [...whose(endpoint), ...endpoint.certificates.map(useText)]],
    ["TLS", tlsTexts(endpoint)],
    ["HTTP", httpVersions ? [told(part("versions", httpVersions, (versions) => versions.join(", ")))] : []],
    ["routes", routes.map(routeText)],
    ["origins", upstreams.map(upstreamText)],
  ];
  return [
    ...lines(
      [
        [address, style.bold],
        [kind, style.dim],
      ],
      { width, rest: 2 },
    ),
    ...rows.flatMap(([label, texts]) =>
      texts.flatMap((text, index) => {
        const [first = "", ...others] = lines([text], { width, first: 15 });
        return [`  ${style.dim((index === 0 ? label : "").padEnd(12))} ${first.trimStart()}`, ...others];
      }),
    ),
  ];
}

/** A fact in words, or why there is none, and what it is about. */
type Part = { readonly label: string } & ({ readonly text: string } | { readonly cause: string });

function part<T>(label: string, fact: Fact<T>, words: (value: T) => string): Part {
  if (fact.state === "unknown") return { label, cause: describeCause(fact.cause) };
  const shown = fact.sensitive ? `${label} (sensitive)` : words(fact.value);
  return { label, text: fact.assumed ? `${shown} (assumed, verify after deployment)` : shown };
}

const optional = <T>(label: string, fact: Fact<T> | undefined, words: (value: T) => string): Part[] =>
  fact ? [part(label, fact, words)] : [];

/** What is known first; what is not, by its cause. */
function told(...parts: readonly Part[]): string {
  const known = parts.flatMap((one) => ("text" in one ? [one] : []));
  const open = parts.flatMap((one) => ("cause" in one ? [one] : []));
  const texts = grouped(known, ({ label }) => label).map((group) => group.map(({ text }) => text).join(", "));
  const causes = grouped(open, ({ cause }) => cause).map(
    (group) => `${[...new Set(group.map(({ label }) => label))].join(", ")} unknown (${group[0].cause})`,
  );
  return [...texts, ...causes].join("; ");
}

const namesText = (names: readonly Fact<string>[]): string =>
  told(...names.map((name) => part("names", name, (text) => text)));

const owners = { own: "its owner's", provider: "the provider's own", missing: "MISSING" };

const whose = ({ certificate }: Endpoint): string[] =>
  certificate ? [told(part("whose", certificate, (one) => owners[one]))] : [];

function useText({ certificate, region, ready }: CertificateUse): string {
  const facts = told(
    ...certificate.names.map((name) => part("names", name, (text) => text)),
    ...optional("key", certificate.key, ({ algorithm, size }) => `${algorithm} ${size}`),
    ...optional("region", region, ({ actual }) => actual),
    ...optional("issue", ready, (issued) => (issued ? "issued before use" : "perhaps not issued before use")),
  );
  return `${certificate.address ?? "from outside the plan"}: ${facts}`;
}

function tlsTexts({ minimumTls, forwardSecrecy, aeadOnly, ecdheAes, sni }: Endpoint): string[] {
  const parts = [
    ...optional("version", minimumTls, (version) => `${version} or newer`),
    ...optional("forward secrecy", forwardSecrecy, (secret) => (secret ? "forward secrecy" : "no forward secrecy")),
    ...optional("cipher suites", aeadOnly, (strong) => (strong ? "AEAD only" : "CBC or older suites")),
    // That it is offered goes without saying.
    ...(ecdheAes?.state === "known" && !ecdheAes.value
      ? [part("ECDHE with AES", ecdheAes, () => "no ECDHE with AES in TLS 1.2 or newer")]
      : []),
    ...optional("SNI", sni, (byName) => (byName ? "SNI" : "dedicated IP addresses")),
  ];
  return parts.length > 0 ? [told(...parts)] : [];
}

const treatments = { served: "SERVES PLAIN HTTP", redirected: "redirects to HTTPS", refused: "refuses plain HTTP" };

function routeText({ path, plainHttp, hsts }: Route): string {
  const facts = [
    ...optional("plain HTTP", plainHttp, (treatment) => treatments[treatment]),
    ...(hsts ? [part("HSTS", hsts.maxAge, (seconds) => hstsText(seconds, hsts))] : []),
  ];
  return [path, ...(facts.length > 0 ? [told(...facts)] : [])].join(": ");
}

/** As the header would say it. */
function hstsText(seconds: number, { includeSubDomains, preload }: Hsts): string {
  if (seconds === 0) return "no HSTS";
  const flags = Object.entries({ includeSubDomains, preload }).filter(([, flag]) => printableValue(flag));
  return ["HSTS", [`max-age=${seconds}`, ...flags.map(([name]) => name)].join("; ")].join(" ");
}

const protocols = { https: "HTTPS", http: "PLAIN HTTP", viewer: "the viewer's protocol" };

const upstreamText = ({ name, protocol, minimumTls, certificate, endpoint }: Upstream): string =>
  `${endpoint && endpoint !== name ? `${name} (${endpoint})` : name}: ${told(
    part("protocol", protocol, (one) => protocols[one]),
    ...optional("version", minimumTls, (version) => `${version} or newer`),
    ...optional("certificate", certificate, (check) => `its certificate ${check}`),
  )}`;
