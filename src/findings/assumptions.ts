// Assumptions: what a plan cannot show, as the configuration states it. They are judged as if known, and marked.

import { atLeast, type Endpoint, type Hsts, type Route, type TlsVersion, tlsVersions } from "../facts/endpoint.ts";
import { type Fact, known, type Place } from "../facts/fact.ts";
import { type HstsDirectives, parseHsts } from "../facts/hsts.ts";
import type { ObjectStore } from "../facts/object-store.ts";
import { onceEach } from "../plan/once.ts";
import { type DisplayText, nameText, text, valueText } from "../text.ts";
import { addressMatcher } from "./address-glob.ts";
import type { Finding } from "./finding.ts";
import { endOf } from "./waivers.ts";

/** As the configuration writes it. */
export interface AssumptionEntry {
  /** Where: a glob over addresses of endpoints and buckets, or of the resources that their facts stand at. */
  readonly address: string;
  /** The Strict-Transport-Security header that is sent, e.g. by the application: "max-age=31536000". */
  readonly hsts?: string;
  /** What plain HTTP gets. */
  readonly plainHttp?: "redirected" | "refused";
  /** The oldest version that is accepted. */
  readonly minimumTls?: TlsVersion;
  /** Whether all cipher suites are forward secret. */
  readonly forwardSecrecy?: boolean;
  /** Whether all cipher suites are AEAD. */
  readonly aeadOnly?: boolean;
  /** Whether TLS 1.2 or newer with ECDHE and AES is offered. */
  readonly ecdheAes?: boolean;
  /** Whether HTTPS is answered beside plain HTTP. */
  readonly httpsBeside?: boolean;
  /** How origins are asked. */
  readonly originProtocol?: "https";
  /** The oldest version that is offered to origins. */
  readonly originMinimumTls?: TlsVersion;
  /** Names that the certificate holds. */
  readonly certificateNames?: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, "2027-03-31", in UTC; without it, it holds until it is removed. */
  readonly expires?: string;
}

export interface Assumption extends AssumptionEntry {
  /** Where it is written, for people. */
  readonly writtenIn: string;
}

/** The keys of what can be assumed. */
export const assumable = [
  "hsts",
  "plainHttp",
  "minimumTls",
  "forwardSecrecy",
  "aeadOnly",
  "ecdheAes",
  "httpsBeside",
  "originProtocol",
  "originMinimumTls",
  "certificateNames",
] as const;

type Assumable = (typeof assumable)[number];

/** What is wrong with an entry beyond its schema; undefined where nothing is. */
export function problemWith(entry: AssumptionEntry): string | undefined {
  if (!assumable.some((name) => entry[name] !== undefined)) return `states nothing: one of ${assumable.join(", ")}`;
  if (entry.hsts !== undefined && parseHsts(entry.hsts).maxAge === 0) {
    return 'hsts must be a Strict-Transport-Security header such as "max-age=31536000"';
  }
  const versions = [entry.minimumTls, entry.originMinimumTls].filter((one) => one !== undefined);
  const strange = versions.find((one) => !tlsVersions.includes(one));
  if (strange !== undefined) return `${strange} is not one of ${tlsVersions.join(", ")}`;
  if (entry.expires !== undefined && Number.isNaN(endOf(entry.expires))) {
    return `expires must be a day such as 2027-03-31 (got ${JSON.stringify(entry.expires)})`;
  }
  return undefined;
}

const hasExpired = ({ expires }: Assumption, today: Date): boolean =>
  expires !== undefined && endOf(expires) < today.getTime();

/** A fact that an assumption settles, or that the plan shows to be another. */
interface Use {
  readonly assumption: Assumption;
  readonly endpoint: string;
  readonly place: Place;
  /** What is assumed, and how the plan contradicts it: "HSTS of at least 31536000 seconds". */
  readonly assumed: DisplayText;
  readonly contradiction: DisplayText | undefined;
}

/** What an inventory holds that assumptions can be about. */
interface Assumed {
  readonly endpoints: readonly Endpoint[];
  readonly objectStores: readonly ObjectStore[];
}

export interface AssumedFacts extends Assumed {
  readonly uses: readonly Use[];
}

/** Endpoints and object stores with their unknown facts as they are assumed. What the plan shows stays as it is. */
export function assumeFacts(
  { endpoints, objectStores }: Assumed,
  assumptions: readonly Assumption[],
  today: Date,
): AssumedFacts {
  const holding = assumptions.filter((one) => !hasExpired(one, today));
  const uses: Use[] = [];
  if (holding.length === 0) return { endpoints, objectStores, uses };
  const matcherOf = onceEach((glob: string) => onceEach(addressMatcher(glob)));
  return { endpoints: endpoints.map(assumeAll), objectStores: objectStores.map(assumeStore), uses };

  function assumeStore(store: ObjectStore): ObjectStore {
    return {
      ...store,
      refusesPlainHttp: assumeFact(holding, store.address, "plainHttp", store.refusesPlainHttp, refusals),
    };
  }

  /** `meets`: whether what the plan shows is as good as what is assumed. */
  function assumeFact<K extends Assumable, T>(
    matching: readonly Assumption[],
    address: string,
    key: K,
    fact: Fact<T>,
    { read, meets, words, shows = shownIn }: Reading<NonNullable<Assumption[K]>, T>,
  ): Fact<T> {
    const assumption = matching.find(
      (one) => one[key] !== undefined && [address, fact.place.address].some(matcherOf(one.address)),
    );
    if (!assumption) return fact;
    const stated = assumption[key] as NonNullable<Assumption[K]>;
    const use = { assumption, endpoint: address, place: fact.place, assumed: words(stated) };
    if (fact.state === "known") {
      if (!meets(fact.value, read(stated))) uses.push({ ...use, contradiction: shows(fact) });
      return fact;
    }
    uses.push({ ...use, contradiction: undefined });
    const { reason, owner, expires } = assumption;
    const { place, related } = fact;
    return { ...known(read(stated)), place, related, assumed: { reason, owner, expires } };
  }

  function assumeAll(endpoint: Endpoint): Endpoint {
    // By its address, or by that of any of its facts.
    const addresses = addressesOf(endpoint);
    const matching = holding.filter((one) => addresses.some(matcherOf(one.address)));
    if (matching.length === 0) return endpoint;
    const assume = <K extends Assumable, T>(
      key: K,
      fact: Fact<T>,
      reading: Reading<NonNullable<Assumption[K]>, T>,
    ): Fact<T> => assumeFact(matching, endpoint.address, key, fact, reading);
    const { minimumTls, forwardSecrecy, aeadOnly, ecdheAes, httpsBeside } = endpoint;
    const { routes, upstreams, certificates } = endpoint;
    return {
      ...endpoint,
      minimumTls: minimumTls && assume("minimumTls", minimumTls, versions("TLS")),
      forwardSecrecy: forwardSecrecy && assume("forwardSecrecy", forwardSecrecy, flag("forward secrecy")),
      aeadOnly: aeadOnly && assume("aeadOnly", aeadOnly, flag("AEAD cipher suites only")),
      ecdheAes: ecdheAes && assume("ecdheAes", ecdheAes, flag("TLS 1.2 or newer with ECDHE and AES")),
      httpsBeside: httpsBeside && assume("httpsBeside", httpsBeside, flag("HTTPS beside plain HTTP")),
      routes: routes.map(
        (route): Route => ({
          ...route,
          plainHttp: route.plainHttp && assume("plainHttp", route.plainHttp, treatments),
          hsts: route.hsts && assumedHsts(route.hsts),
        }),
      ),
      upstreams: upstreams.map((upstream) => ({
        ...upstream,
        protocol: assume("originProtocol", upstream.protocol, protocols),
        minimumTls: upstream.minimumTls && assume("originMinimumTls", upstream.minimumTls, versions("origin TLS")),
      })),
      certificates: certificates.map((use) => {
        const names = use.certificate.names.flatMap((name): readonly Fact<string>[] => {
          if (name.state === "known") return [name];
          const listed = assume<"certificateNames", readonly string[]>("certificateNames", name, nameLists);
          if (listed.state === "unknown") return [listed];
          return listed.value.map((value) => ({ ...listed, value, cures: undefined }));
        });
        return { ...use, certificate: { ...use.certificate, names } };
      }),
    };

    function assumedHsts({ maxAge, includeSubDomains, preload }: Hsts): Hsts {
      return {
        maxAge: assume(
          "hsts",
          maxAge,
          directive(
            ({ maxAge: one }) => one,
            (shown, stated) => shown >= stated,
          ),
        ),
        includeSubDomains: assume(
          "hsts",
          includeSubDomains,
          directive((one) => one.includeSubDomains, always),
        ),
        preload: assume(
          "hsts",
          preload,
          directive((one) => one.preload, always),
        ),
      };
    }
  }
}

function addressesOf(endpoint: Endpoint) {
  const { address, routes, upstreams, certificates } = endpoint;
  const facts: readonly (Fact | undefined)[] = [
    endpoint.minimumTls,
    endpoint.forwardSecrecy,
    endpoint.aeadOnly,
    endpoint.ecdheAes,
    endpoint.httpsBeside,
    ...routes.flatMap(({ plainHttp, hsts }) => [plainHttp, hsts?.maxAge]),
    ...upstreams.flatMap((upstream) => [upstream.protocol, upstream.minimumTls]),
    ...certificates.flatMap(({ certificate }) => certificate.names),
  ];
  return [...new Set([address, ...facts.flatMap((fact) => fact?.place.address ?? [])])];
}

const shownIn = (fact: Fact): DisplayText => valueText(fact, text`(sensitive)`);

/** How an assumed value becomes a fact's. */
interface Reading<V, T> {
  readonly read: (stated: V) => T;
  readonly meets: (shown: T, stated: T) => boolean;
  readonly words: (stated: V) => DisplayText;
  /** What the plan shows in its place; its value unless there are words for it. */
  readonly shows?: (fact: Fact<T>) => DisplayText;
}

const versions = (what: "TLS" | "origin TLS"): Reading<TlsVersion, TlsVersion> => ({
  read: (stated) => stated,
  meets: atLeast,
  words: (stated) => text`${what} minimum ${stated}`,
});

const flag = (
  what:
    | "forward secrecy"
    | "AEAD cipher suites only"
    | "TLS 1.2 or newer with ECDHE and AES"
    | "HTTPS beside plain HTTP",
): Reading<boolean, boolean> => ({
  read: (stated) => stated,
  meets: (shown, stated) => shown || !stated,
  words: (stated) => (stated ? text`${what}` : text`no ${what}`),
});

const treatments: Reading<"redirected" | "refused", "served" | "redirected" | "refused"> = {
  read: (stated) => stated,
  meets: (shown) => shown !== "served",
  words: (stated) => text`plain HTTP ${stated}`,
};

/** Storage answers plain HTTP or refuses it; a redirect in front of it refuses it too. */
const refusals: Reading<"redirected" | "refused", boolean> = {
  read: () => true,
  meets: (shown) => shown,
  words: (stated) => text`plain HTTP ${stated}`,
  shows: (fact) => (fact.state === "known" && fact.sensitive ? text`(sensitive)` : text`that it is accepted`),
};

const protocols: Reading<"https", "https" | "http" | "viewer"> = {
  read: (stated) => stated,
  meets: (shown) => shown === "https",
  words: () => text`HTTPS to the origin`,
};

const nameLists: Reading<readonly string[], readonly string[]> = {
  read: (stated) => stated,
  meets: () => true,
  words: (stated) => text`certificate for ${nameText(stated.join(", "))}`,
};

const always = () => true;

const directive = <T>(
  choose: (header: HstsDirectives) => T,
  meets: (shown: T, stated: T) => boolean,
): Reading<string, T> => ({
  read: (stated) => choose(parseHsts(stated)),
  meets,
  words: (stated) => text`HSTS ${nameText(stated)}`,
});

// --- what is reported of assumptions themselves

const notices = {
  assumption: {
    severity: "low",
    outcome: "unknown",
    fix: "Verify it after the deployment, e.g. with curl --head https://NAME/.",
  },
  "assumption-contradicted": {
    severity: "high",
    outcome: "fail",
    fix: "Correct the configuration that the plan shows, or remove the assumption.",
  },
  "assumption-expired": {
    severity: "medium",
    outcome: "fail",
    fix: "Verify it again and set another end, or remove it.",
  },
  "assumption-unused": { severity: "low", outcome: "fail", fix: "Remove it, or correct its address." },
} as const;

/** What a plan's report says of the assumptions it was judged by. */
export function assumptionFindings(uses: readonly Use[]): Finding[] {
  const settled = uses.filter(({ contradiction }) => contradiction === undefined);
  const groups = new Map<string, Use[]>();
  for (const use of settled) {
    const id = JSON.stringify([use.assumption.writtenIn, use.endpoint]);
    groups.set(id, [...(groups.get(id) ?? []), use]);
  }
  const assumed = [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { reason, owner, writtenIn } = first.assumption;
    const facts = [...new Set([first, ...others].map((one) => one.assumed))].join(", ");
    return noticeOf("assumption", first.endpoint, `${facts} is assumed: ${reason} (${owner}, ${writtenIn})`);
  });
  const contradicted = uses.flatMap(({ assumption, place, assumed: stated, contradiction }) =>
    contradiction === undefined
      ? []
      : [
          noticeOf(
            "assumption-contradicted",
            place.address,
            `${stated} is assumed, but the plan shows ${contradiction} (${assumption.writtenIn})`,
            place.at,
          ),
        ],
  );
  return [...assumed, ...distinct(contradicted)];
}

const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((one) => [`${one.address} ${one.message}`, one])).values(),
];

/** What a run says of assumptions that no plan of it was judged by. */
export function idleAssumptions(assumptions: readonly Assumption[], used: ReadonlySet<string>, today: Date): Finding[] {
  return assumptions.flatMap((one) => {
    if (hasExpired(one, today)) {
      return [
        noticeOf("assumption-expired", one.address, `expired on ${one.expires}, so it is not used (${one.writtenIn})`),
      ];
    }
    if (used.has(one.writtenIn)) return [];
    return [noticeOf("assumption-unused", one.address, `matches nothing that is unknown (${one.writtenIn})`)];
  });
}

function noticeOf(kind: keyof typeof notices, address: string, message: string, at = ""): Finding {
  const { severity, outcome, fix } = notices[kind];
  const refuses = kind === "assumption-contradicted";
  return {
    policy: kind,
    severity,
    enforcement: refuses ? "mandatory" : "advisory",
    address,
    at,
    outcome,
    change: "none",
    message,
    unknown: outcome === "unknown" ? { kind: "outside", reason: "other" } : null,
    noFix: null,
    assumed: null,
    fix,
    remedy: null,
    related: [],
    waiver: null,
    fingerprint: "",
    baseline: null,
    source: null,
    refuses,
  };
}
