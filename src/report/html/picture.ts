// The picture of an endpoint: the way of a request from the viewer over each hop to the last origin that the plan knows.

import { describeCause } from "../../cause.ts";
import type { CertificateUse, Endpoint, Hsts, Route, Upstream } from "../../facts/endpoint.ts";
import type { Fact } from "../../facts/fact.ts";
import { printableValue } from "../../text.ts";
import { grouped } from "../grouped.ts";
import { factMark, type Mark, type Moment, sign, type Topic, worstOf } from "./marks.ts";
import { type Content, htmlOf, type Markup, markup } from "./markup.ts";

/** An endpoint, and what it becomes where it is one of today. */
export interface Drawn {
  readonly endpoint: Endpoint;
  readonly twin: Endpoint | undefined;
}

export interface Scene extends Moment {
  /** What the picture of today says, line by line: the other picture tells what it says anew. */
  readonly said?: Set<string> | undefined;
  /** Endpoints at an address, at the same moment. */
  readonly endpointsAt: (address: string) => readonly Drawn[];
}

/** Something that is said of a hop. */
interface Part {
  readonly label: string;
  readonly mark: Mark;
  readonly text: string;
  /** An address. */
  readonly isCode?: boolean;
  /** Why it is unknown. */
  readonly cause?: string | undefined;
}

interface Row {
  readonly label: string;
  /** Paths of the routes that it holds for, where it does not hold for all. */
  readonly paths?: readonly string[] | undefined;
  readonly parts: readonly Part[];
}

export function picture(drawn: Drawn, scene: Scene): Markup {
  const { endpoint } = drawn;
  const rows = rowsOf(drawn, scene);
  const size = depthOf(endpoint, scene, [endpoint.address]) > 1 ? "is-long" : "is-short";
  return markup`<ol class="way ${size}">
<li class="node">${dot("viewer")}<div class="about"><p class="kind">Viewer</p>${namesOf(drawn, scene)}</div></li>
${hop({ from: "Viewer", to: endpoint.address }, viewerWire(endpoint), [{ rows }], scene)}
${reached(drawn, { ...scene, size }, [endpoint.address])}
</ol>`;
}

interface Sized extends Scene {
  /** A short way runs across where there is room, one over several endpoints always down. */
  readonly size: "is-short" | "is-long";
}

/** The endpoint itself, and all that is behind it. */
function reached({ endpoint, twin }: Drawn, scene: Sized, way: readonly string[]): Content {
  const { address, kind, upstreams } = endpoint;
  const node = markup`<li class="node is-edge">${dot("edge")}<div class="about"><p class="kind">${kind}</p><code>${address}</code></div></li>\n`;
  const behind = upstreams.map((upstream) => {
    const after = twin?.upstreams.find(({ name }) => name === upstream.name);
    return next(upstream, after, endpoint, scene, way);
  });
  if (behind.length === 0) return node;
  if (behind.length === 1) return [node, behind[0]];
  const branches = behind.map((one) => markup`<li><ol class="way ${scene.size}">\n${one}</ol></li>\n`);
  return [
    node,
    markup`<li class="branches"><p class="unseen">${behind.length} origins</p><ul>\n${branches}</ul></li>\n`,
  ];
}

function next(
  upstream: Upstream,
  twin: Upstream | undefined,
  from: Endpoint,
  scene: Sized,
  way: readonly string[],
): Content {
  const { name, endpoint: address } = upstream;
  const rows = upstreamRows(upstream, twin, scene);
  const paths = pathsTo(upstream, from);
  const ends = { from: from.kind, to: name };
  const [first, ...twins] = address === undefined || way.includes(address) ? [] : scene.endpointsAt(address);
  if (!first || address === undefined) {
    const more = address !== undefined && address !== name && markup`<code>${address}</code>`;
    const node = markup`<li class="node">${dot("origin")}<div class="about"><p class="kind">Origin</p><code>${name}</code>${more}</div></li>\n`;
    return [hop(ends, upstreamWire(upstream, from), [{ rows, paths }], scene), node];
  }
  // What answers there has rows of its own: those of the hop say how it is asked.
  const answers = [first, ...twins].map((drawn) => ({ rows: rowsOf(drawn, scene), title: "How it answers" }));
  return [
    hop(ends, upstreamWire(upstream, from), [{ rows, paths, title: "How it is asked" }, ...answers], scene),
    reached(first, scene, [...way, address]),
  ];
}

const pathsTo = ({ routes }: Upstream, { routes: all }: Endpoint): readonly string[] | undefined =>
  routes.length > 0 && routes.length < all.length ? routes : undefined;

/** How many endpoints stand one behind another. */
function depthOf({ upstreams }: Endpoint, scene: Scene, way: readonly string[]): number {
  const behind = upstreams.flatMap(({ endpoint: address }) =>
    address === undefined || way.includes(address)
      ? []
      : scene.endpointsAt(address).map((one) => depthOf(one.endpoint, scene, [...way, address])),
  );
  return 1 + Math.max(0, ...behind);
}

const dot = (icon: "viewer" | "edge" | "origin"): Markup =>
  markup`<span class="dot"><svg aria-hidden="true"><use href="#i-${icon}"/></svg></span>`;

interface Wire {
  readonly text: string;
  /** Whether nothing crosses it in plain text; undefined where the plan does not tell. */
  readonly isSafe: boolean | undefined;
}

interface RowGroup {
  readonly rows: readonly Row[];
  readonly title?: string;
  readonly paths?: readonly string[] | undefined;
}

interface Ends {
  readonly from: string;
  readonly to: string;
}

function hop(ends: Ends, { text, isSafe }: Wire, groups: readonly RowGroup[], { said, isToday }: Scene): Markup {
  const worst = worstOf(groups.flatMap(({ rows }) => rows.flatMap(({ parts }) => parts.map((part) => part.mark))));
  // What may cross in plain text is no pass, even where no policy minds.
  const mark = isSafe || worst === "fail" || worst === "unknown" ? worst : "plain";
  const lock = isSafe === undefined ? "unknown" : isSafe ? "locked" : "open";
  return markup`<li class="hop is-${mark}"><p class="wire"><span class="label"><svg aria-hidden="true"><use href="#i-${lock}"/></svg><span class="unseen">From ${ends.from}: </span>${text}</span></p>
<div class="said">${groups.map(groupMarkup)}</div></li>\n`;

  function groupMarkup({ rows, title, paths }: RowGroup): Markup {
    const told = rows.map((row) => {
      const content = rowMarkup(row);
      const key = [ends.to, title, htmlOf(content)].join("\n");
      if (isToday) said?.add(key);
      const isNew = said !== undefined && !isToday && !said.has(key);
      const mark = worstOf(row.parts.map((part) => part.mark));
      return markup`<div class="fact is-${mark}${isNew && " is-new"}">${content}${isNew && markup`<dd class="changed">changed</dd>`}</div>\n`;
    });
    return markup`<div>${title && markup`<p class="title">${title}</p>`}${paths && markup`<p class="paths">for ${pathList(paths)}</p>`}<dl>${told}</dl></div>`;
  }
}

const pathList = (paths: readonly string[]): Content =>
  paths.map((path, index) => markup`${index > 0 && ", "}<code>${path}</code>`);

function rowMarkup({ label, paths, parts }: Row): Markup {
  const known = parts.filter(({ cause }) => cause === undefined);
  const open = grouped(
    parts.filter(({ cause }) => cause !== undefined),
    ({ cause }) => cause,
  );
  const told = known.map(
    (part) =>
      markup`<span class="part is-${part.mark}">${sign(part.mark)}${part.isCode ? markup`<code>${part.text}</code>` : part.text}</span>`,
  );
  const untold = open.map((group) => {
    const labels = [...new Set(group.map((part) => part.label))].filter((one) => one !== "");
    const mark = worstOf(group.map((part) => part.mark));
    const about = labels.length > 0 ? `${labels.join(", ")} unknown` : "unknown";
    return markup`<span class="part is-${mark}">${sign(mark)}${about}: <span class="cause">${group[0].cause}</span></span>`;
  });
  const on = paths && markup` <span class="paths">on ${pathList(paths)}</span>`;
  return markup`<dt>${label}${on}</dt><dd>${[...told, ...untold]}</dd>`;
}

/** A sensitive value is judged, never shown. */
function part<T>(
  label: string,
  topic: Topic,
  [fact, twin]: Pair<T>,
  words: (value: T) => string,
  scene: Scene,
): readonly Part[] {
  if (!fact) return [];
  const mark = factMark(fact, twin, topic, scene);
  if (fact.state === "unknown") return [{ label, mark, text: "", cause: describeCause(fact.cause) }];
  const shown = fact.sensitive ? secret(label) : words(fact.value);
  return [{ label, mark, text: fact.assumed ? `${shown} (assumed)` : shown }];
}

const secret = (label: string): string => `${label && `${label}: `}sensitive, not shown`;

/** A fact, and what becomes of it where it is one of today. */
type Pair<T> = readonly [fact: Fact<T> | undefined, twin: Fact<T> | undefined];

const nothing = (text: string): readonly Part[] => [{ label: "", mark: "plain", text }];

const orNothing = (parts: readonly Part[], text: string): readonly Part[] => (parts.length > 0 ? parts : nothing(text));

const treatments = {
  served: "answered in plain text",
  redirected: "redirected to HTTPS",
  refused: "refused",
};

/** How an endpoint answers. */
function rowsOf({ endpoint, twin }: Drawn, scene: Scene): readonly Row[] {
  const { certificate, certificates, minimumTls, forwardSecrecy, aeadOnly, ecdheAes, sni, httpVersions } = endpoint;
  const certified = [
    ...part("whose it is", "certificate", [certificate, twin?.certificate], (one) => owners[one], scene),
    ...certificates.flatMap((use, index) => useParts(use, twin?.certificates[index], scene)),
  ];
  const floor = part("", "minimumTls", [minimumTls, twin?.minimumTls], (version) => version, scene);
  const isPlain = !speaksTls(endpoint) && endpoint.routes.some(({ plainHttp }) => plainHttp !== undefined);
  const untold = isPlain ? "none: plain HTTP alone" : "not set here";
  const extras: readonly Row[] = [
    {
      label: "Ciphers",
      parts: [
        ...part("forward secrecy", "forwardSecrecy", [forwardSecrecy, twin?.forwardSecrecy], secrecy, scene),
        ...part("cipher suites", "aeadOnly", [aeadOnly, twin?.aeadOnly], suites, scene),
        // That it is offered goes without saying.
        ...(ecdheAes?.state === "known" && !ecdheAes.value
          ? part("ECDHE with AES", "ecdheAes", [ecdheAes, twin?.ecdheAes], offered, scene)
          : []),
      ],
    },
    { label: "HTTP", parts: part("", "httpVersions", [httpVersions, twin?.httpVersions], listed, scene) },
    { label: "Clients", parts: part("", "sni", [sni, twin?.sni], tellsApart, scene) },
  ];
  return [
    ...byRoute("Plain HTTP", endpoint, twin, (route, after) =>
      part("", "plainHttp", [route.plainHttp, after?.plainHttp], (one) => treatments[one], scene),
    ),
    { label: "Minimum TLS", parts: orNothing(floor, untold) },
    { label: "Certificate", parts: orNothing(certified, untold) },
    ...byRoute("HSTS", endpoint, twin, (route, after) => hstsParts(route.hsts, after?.hsts, scene)),
    ...extras.filter(({ parts }) => parts.length > 0),
  ];
}

const secrecy = (isSecret: boolean): string => (isSecret ? "forward secrecy" : "no forward secrecy");
const suites = (isStrong: boolean): string => (isStrong ? "AEAD only" : "CBC or older suites");
const offered = (isOffered: boolean): string => (isOffered ? "ECDHE with AES" : "no ECDHE with AES");
const tellsApart = (byName: boolean): string => (byName ? "told apart by SNI" : "told apart by dedicated IP addresses");
const listed = (items: readonly string[]): string => items.join(", ");
const owners = { own: "its owner's", provider: "the provider's own", missing: "missing" };

/** A row for all routes of which the same is said. */
function byRoute(
  label: string,
  { routes }: Endpoint,
  twin: Endpoint | undefined,
  partsOf: (route: Route, after: Route | undefined) => readonly Part[],
): readonly Row[] {
  const told = routes.map((route) => ({
    path: route.path,
    parts: partsOf(
      route,
      twin?.routes.find(({ path }) => path === route.path),
    ),
  }));
  const groups = grouped(
    told.filter(({ parts }) => parts.length > 0),
    ({ parts }) => parts,
  );
  if (groups.length === 0) return [{ label, parts: nothing("not set here") }];
  return groups.map((group) => ({
    label,
    paths: group.length < routes.length ? group.map(({ path }) => path) : undefined,
    parts: group[0].parts,
  }));
}

function hstsParts(hsts: Hsts | undefined, twin: Hsts | undefined, scene: Scene): readonly Part[] {
  if (!hsts) return [];
  const { maxAge, includeSubDomains, preload } = hsts;
  const age = part("max-age", "maxAge", [maxAge, twin?.maxAge], ageText, scene);
  if (printableValue(maxAge) === 0) return age;
  return [
    ...age,
    ...part("includeSubDomains", "includeSubDomains", [includeSubDomains, twin?.includeSubDomains], withSubs, scene),
    ...part("preload", "preload", [preload, twin?.preload], withPreload, scene),
  ];
}

const withSubs = (included: boolean): string => (included ? "subdomains too" : "without subdomains");
const withPreload = (ready: boolean): string => (ready ? "preload" : "no preload");

const day = 86_400;

function ageText(seconds: number): string {
  if (seconds === 0) return "no header";
  const years = seconds / day / 365;
  if (Number.isInteger(years)) return years === 1 ? "1 year" : `${years} years`;
  if (seconds % day === 0) return seconds === day ? "1 day" : `${seconds / day} days`;
  return `${seconds} seconds`;
}

function useParts({ certificate, region, ready }: CertificateUse, twin: CertificateUse | undefined, scene: Scene) {
  const { address, names, key, transparency, renewal } = certificate;
  const after = twin?.certificate;
  const valid = names.flatMap((name, index) =>
    part("names", "name", [name, after?.names[index]], (text) => text, scene),
  );
  const isShown = ({ cause }: Part) => cause === undefined;
  const named = grouped(valid.filter(isShown), ({ mark }) => mark).map((group) => ({
    ...group[0],
    text: group.map(({ text }) => text).join(", "),
  }));
  const parts: readonly Part[] = [
    ...named,
    ...valid.filter((one) => !isShown(one)),
    ...part("key", "key", [key, after?.key], ({ algorithm, size }) => `${algorithm} ${size}`, scene),
    ...part(
      "region",
      "region",
      [region, twin?.region],
      ({ actual, required }) => (actual === required ? `in ${actual}` : `in ${actual}, needed in ${required}`),
      scene,
    ),
    ...part("issue", "ready", [ready, twin?.ready], (is) => (is ? "issued before use" : "perhaps not issued"), scene),
    ...part("renewal", "renewal", [renewal, after?.renewal], (who) => `renewal: ${who}`, scene),
    ...part("log", "transparency", [transparency, after?.transparency], (is) => (is ? "logged" : "not logged"), scene),
  ];
  const which: Part = {
    label: "",
    mark: "plain",
    text: address ?? "from outside this plan",
    isCode: address !== undefined,
  };
  return [which, ...parts];
}

/** The names that the viewer asks for. */
function namesOf({ endpoint: { names }, twin }: Drawn, scene: Scene): Markup {
  if (names.length === 0) return markup`<p class="names">asks for a name of the provider's</p>`;
  const parts = names.flatMap((name, index) => {
    const same = twin?.names.find((one) => "value" in one && "value" in name && one.value === name.value);
    return part("", "name", [name, same ?? twin?.names[index]], (text) => text, scene);
  });
  const items = grouped(parts, (one) => one).map(([{ mark, text, cause }]) =>
    cause === undefined
      ? markup`<li class="part is-${mark}">${sign(mark)}<code>${text}</code></li>`
      : markup`<li class="part is-${mark}">${sign(mark)}unknown: <span class="cause">${cause}</span></li>`,
  );
  const shown = items.length > 6 ? items.slice(0, 5) : items;
  const rest = items.slice(shown.length);
  const more =
    rest.length > 0 &&
    markup`<details><summary>${rest.length} more names</summary><ul class="names">${rest}</ul></details>`;
  return markup`<ul class="names">${shown}</ul>${more}`;
}

/** What crosses the hop from the viewer. */
function viewerWire(endpoint: Endpoint): Wire {
  const treated = endpoint.routes.flatMap(({ plainHttp }) => plainHttp ?? []);
  const words = new Set(treated.map((one) => printableValue(one) ?? "unknown"));
  const hasTls = speaksTls(endpoint);
  if (words.has("served")) return { text: hasTls ? "HTTPS or plain HTTP" : "plain HTTP", isSafe: false };
  if (words.has("unknown"))
    return { text: hasTls ? "HTTPS, perhaps plain HTTP" : "perhaps plain HTTP", isSafe: undefined };
  if (hasTls) return { text: "HTTPS", isSafe: true };
  if (words.size === 0) return { text: "what is behind decides", isSafe: undefined };
  return { text: words.has("redirected") ? "plain HTTP, redirected" : "plain HTTP, refused", isSafe: true };
}

/** Whether anything is said of TLS. */
const speaksTls = ({ minimumTls, certificate, certificates }: Endpoint): boolean =>
  minimumTls !== undefined ||
  certificates.length > 0 ||
  (certificate !== undefined && printableValue(certificate) !== "missing");

const protocols = {
  https: { text: "HTTPS", isSafe: true },
  http: { text: "plain HTTP", isSafe: false },
  viewer: { text: "the viewer's protocol", isSafe: undefined },
} satisfies { readonly [protocol: string]: Wire };

function upstreamWire(upstream: Upstream, from: Endpoint): Wire {
  const { protocol, routes } = upstream;
  if (!protocol) return { text: "set elsewhere", isSafe: undefined };
  const shown = printableValue(protocol);
  if (shown === "viewer") {
    // Only the viewers of the routes that lead there matter.
    const leading = from.routes.filter(({ path }) => routes.length === 0 || routes.includes(path));
    const { text, isSafe } = viewerWire({ ...from, routes: leading });
    return isSafe ? { text: "HTTPS", isSafe } : { text, isSafe };
  }
  if (shown) return protocols[shown];
  return { text: protocol.state === "known" ? "sensitive" : "protocol unknown", isSafe: undefined };
}

/** How an origin is asked. */
function upstreamRows(upstream: Upstream, twin: Upstream | undefined, scene: Scene): readonly Row[] {
  const { protocol, minimumTls, certificate } = upstream;
  const isPlain = printableValue(protocol) === "http";
  const untold = isPlain ? "none: plain HTTP" : "the provider decides";
  const spoken = part("", "originProtocol", [protocol, twin?.protocol], (one) => protocols[one].text, scene);
  const floor = part("", "originTls", [minimumTls, twin?.minimumTls], (version) => version, scene);
  const checked = part("certificate", "originCertificate", [certificate, twin?.certificate], (check) => check, scene);
  return [
    { label: "Protocol", parts: orNothing(spoken, "set elsewhere") },
    { label: "Minimum TLS", parts: orNothing(floor, untold) },
    { label: "Certificate", parts: orNothing(checked, untold) },
  ];
}
