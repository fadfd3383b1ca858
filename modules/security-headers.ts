// Response headers that keep browsers on HTTPS and out of harm's way, HSTS always among them.

import {
  CloudfrontResponseHeadersPolicy,
  type CloudfrontResponseHeadersPolicyConfig,
} from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js";
import type { Construct } from "constructs";
import { guard } from "./guard.ts";
import { hashedName } from "./hashed-name.ts";
import type { Opened } from "./opened.ts";
import { tokenErrors } from "./token.ts";
import type { Waiver } from "./waiver.ts";

/**
 * Strict-Transport-Security (RFC 6797). It can be tuned, never removed: a year at least, and preloading only with what
 * https://hstspreload.org asks for.
 */
export type Hsts = HstsOptions | PreloadedHsts;

/** HSTS that a browser learns from the first answer. */
export interface HstsOptions {
  /**
   * Days for which a browser remembers to use HTTPS alone; at least 365.
   *
   * @default 730: two years, what the preload list recommends
   */
  readonly maxAgeDays?: number;
  /**
   * Whether it holds for all subdomains.
   *
   * @default true: a subdomain over plain HTTP can plant cookies for the whole domain
   */
  readonly includeSubdomains?: true | Opened<"hsts-subdomains", false>;
  /**
   * Whether the domain asks to be built into browsers.
   *
   * @default false: it takes months to get out of the list again
   */
  readonly preload?: false;
}

/** HSTS that is built into browsers: for whole domains alone. */
export interface PreloadedHsts extends Pick<HstsOptions, "maxAgeDays"> {
  /**
   * The subdomains too.
   *
   * @default true: the list takes nothing else
   */
  readonly includeSubdomains?: true;
  /** Asks to be built in. */
  readonly preload: true;
}

/** What scripts of other sites may do: cross-origin resource sharing. */
export type Cors = NamedCors | PublicCors;

/** Scripts of named sites. */
export interface NamedCors extends CorsOptions {
  /** Sites whose scripts may read the answers, over HTTPS alone. */
  readonly origins: readonly [`https://${string}`, ...`https://${string}`[]];
  /**
   * Whether cookies and credentials go along.
   *
   * @default false: an answer for everybody is no secret
   */
  readonly credentials?: boolean;
}

/** Scripts of every site, for answers that are public. */
export interface PublicCors extends CorsOptions {
  /** Every site. */
  readonly origins: readonly ["*"];
  /**
   * No credentials.
   *
   * @default false: browsers refuse them for every site
   */
  readonly credentials?: false;
}

/** What those scripts may send. */
export interface CorsOptions {
  /**
   * Methods that they may use.
   *
   * @default GET, HEAD and OPTIONS: those that change nothing
   */
  readonly methods?: readonly ("GET" | "HEAD" | "OPTIONS" | "POST" | "PUT" | "PATCH" | "DELETE" | "ALL")[];
  /**
   * Headers that they may send.
   *
   * @default Content-Type and Authorization: what most APIs read
   */
  readonly headers?: readonly string[];
  /**
   * Seconds for which a browser remembers the answer.
   *
   * @default 600: a change is seen within ten minutes
   */
  readonly maxAge?: number;
}

/** Headers by name; HSTS is not among them, as `hsts` states it. */
export type CustomHeaders = Readonly<Record<string, string>> & {
  readonly "Strict-Transport-Security"?: never;
  readonly "strict-transport-security"?: never;
};

/** Response headers. */
export interface HeaderOptions {
  /**
   * Strict-Transport-Security.
   *
   * @default two years, with subdomains: browsers then never try plain HTTP again
   */
  readonly hsts?: Hsts;
  /**
   * Content-Security-Policy.
   *
   * @default `strict`: no framing, plain HTTP upgraded; `api`: nothing at all may load
   */
  readonly csp?: string;
  /**
   * X-Frame-Options.
   *
   * @default "DENY": a page in another site's frame can be clicked by trickery
   */
  readonly frame?: "DENY" | "SAMEORIGIN";
  /**
   * Referrer-Policy.
   *
   * @default "strict-origin-when-cross-origin": other sites see the host, never the path
   */
  readonly referrer?:
    | "no-referrer"
    | "same-origin"
    | "strict-origin"
    | "strict-origin-when-cross-origin"
    | "origin-when-cross-origin";
  /**
   * Which other sites' scripts may read the answers.
   *
   * @default none: browsers keep answers to their own site
   */
  readonly cors?: Cors;
  /**
   * Further headers, by name.
   *
   * @default none: there is nothing to guess
   */
  readonly custom?: CustomHeaders;
  /**
   * Names of headers of the origin that viewers shall not see.
   *
   * @default none: only you know what your origin tells
   */
  readonly remove?: readonly string[];
}

/** AWS's response headers policies that send HSTS. */
export type ManagedHeaders = keyof typeof managed;

const managed = {
  SecurityHeadersPolicy: "67f7725c-6f97-4210-82d7-5512b31e9d03",
  "CORS-and-SecurityHeadersPolicy": "e61eb60c-9c35-4d20-a928-2b84e02af89c",
  "CORS-with-preflight-and-SecurityHeadersPolicy": "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
} as const;

/** The headers of a behavior. Behaviors of a distribution with equal ones share one response headers policy. */
export class SecurityHeaders {
  readonly #policyId: string | undefined;
  readonly #options: HeaderOptions;
  /** @internal */
  readonly waivers: readonly Waiver[];

  private constructor(options: HeaderOptions, policyId?: string, waivers: readonly Waiver[] = []) {
    this.#options = options;
    this.#policyId = policyId;
    this.waivers = policyId === undefined ? hstsWaivers(options.hsts ?? {}) : waivers;
  }

  /** For websites: HSTS, no sniffing of types, no framing, a referrer cut short, and a CSP that forbids framing. */
  static strict(options: HeaderOptions = {}): SecurityHeaders {
    return new SecurityHeaders({ csp: "frame-ancestors 'none'; upgrade-insecure-requests", ...options });
  }

  /** For APIs: HSTS, no sniffing of types, and a CSP under which an answer shown as a page can do nothing. */
  static api(options: HeaderOptions = {}): SecurityHeaders {
    return new SecurityHeaders({ csp: "default-src 'none'; frame-ancestors 'none'", ...options });
  }

  /** @internal Only `Unsafe.managedHeaders` leads here. */
  static managed(name: ManagedHeaders, waivers: readonly Waiver[]): SecurityHeaders {
    return new SecurityHeaders({}, managed[name], waivers);
  }

  /** @internal Only `Unsafe.headersPolicy` leads here. */
  static ofPolicy(policyId: string, waivers: readonly Waiver[]): SecurityHeaders {
    return new SecurityHeaders({}, policyId, waivers);
  }

  /** @internal What is wrong with the options. */
  errors(scope: Construct): string[] {
    const { hsts = {}, custom = {}, remove = [] } = this.#options;
    return [
      ...hstsErrors(scope, hsts),
      ...headerErrors(scope, "custom", Object.keys(custom)),
      ...headerErrors(scope, "remove", remove),
    ];
  }

  /** @internal The same HSTS as text, for answers that the policy may not reach; undefined when nobody knows it. */
  hsts(): string | undefined {
    return this.#policyId === undefined ? hstsHeader(this.#options.hsts ?? {}) : undefined;
  }

  /** @internal Equal for those that can share a policy, in one distribution. */
  content(): string {
    return this.#policyId ?? JSON.stringify(configOf(this.#options));
  }

  /** @internal The id of the response headers policy: one that exists, or a new one called `id` in `owner`. */
  policyId(owner: Construct, id: string): string {
    if (this.#policyId !== undefined) return this.#policyId;
    const lifecycle = { createBeforeDestroy: true };
    const policy = new CloudfrontResponseHeadersPolicy(owner, id, {
      ...configOf(this.#options),
      name: hashedName(owner, id),
      lifecycle,
    });
    guard(policy, "security_headers_config", "cors_config", "custom_headers_config", "remove_headers_config");
    return policy.id;
  }
}

/** Headers that have a setting of their own, and which. */
const settings: { readonly [header: string]: string } = {
  "strict-transport-security": "hsts",
  "content-security-policy": "csp",
  "x-frame-options": "frame",
  "referrer-policy": "referrer",
};

/**
 * Refuses names that the policy sets elsewhere. A header in two sections is sent twice, and browsers take one of them; one
 * that is removed and added is sent all the same (AWS, "Understand response headers policies").
 */
const headerErrors = (scope: Construct, where: "custom" | "remove", names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const setting = settings[name.toLowerCase()];
    return setting === undefined
      ? tokenErrors(scope, `A name in ${where}`, name, "whether HSTS is sent")
      : [`${where} has ${name}, which ${setting} sets: write ${setting} instead, and leave it out of ${where}.`];
  });

/** What is wrong with it, if anything. */
export function hstsErrors(scope: Construct, hsts: Hsts): string[] {
  const { maxAgeDays = 730, preload = false } = hsts;
  const tokens = Object.entries(hsts).flatMap(([name, value]) =>
    tokenErrors(scope, `hsts.${name}`, value, "whether browsers keep to HTTPS"),
  );
  if (tokens.length > 0) return tokens;
  const isBare = (hsts.includeSubdomains as unknown) === false;
  return [
    ...(maxAgeDays >= 365
      ? []
      : [`HSTS for ${maxAgeDays} days: give it 365 or more, browsers and tlsgate ask for a year.`]),
    ...(preload && !withSubdomains(hsts)
      ? ["HSTS preload needs includeSubdomains: the list takes whole domains."]
      : isBare
        ? ["HSTS without includeSubdomains: write Unsafe.hstsWithoutSubdomains(waiver) instead of false."]
        : []),
  ];
}

const withSubdomains = ({ includeSubdomains = true }: Hsts): boolean =>
  typeof includeSubdomains === "object" ? includeSubdomains.value : includeSubdomains;

/** What excuses HSTS that leaves subdomains out. */
export const hstsWaivers = ({ includeSubdomains }: Hsts): readonly Waiver[] =>
  typeof includeSubdomains === "object" ? includeSubdomains.waivers : [];

const secondsPerDay = 86_400;

/** The header as text, where no response headers policy writes it. */
export function hstsHeader(hsts: Hsts): string {
  const { maxAgeDays = 730, preload = false } = hsts;
  const maxAge = `max-age=${maxAgeDays * secondsPerDay}`;
  return [maxAge, withSubdomains(hsts) && "includeSubDomains", preload && "preload"].filter(Boolean).join("; ");
}

function configOf(options: HeaderOptions): Omit<CloudfrontResponseHeadersPolicyConfig, "name"> {
  const {
    hsts = {},
    csp,
    frame = "DENY",
    referrer = "strict-origin-when-cross-origin",
    cors,
    custom,
    remove,
  } = options;
  const override = true;
  return {
    securityHeadersConfig: {
      strictTransportSecurity: {
        accessControlMaxAgeSec: (hsts.maxAgeDays ?? 730) * secondsPerDay,
        includeSubdomains: withSubdomains(hsts),
        preload: hsts.preload ?? false,
        override,
      },
      contentTypeOptions: { override },
      frameOptions: { frameOption: frame, override },
      referrerPolicy: { referrerPolicy: referrer, override },
      ...(csp ? { contentSecurityPolicy: { contentSecurityPolicy: csp, override } } : {}),
    },
    ...(cors ? { corsConfig: corsConfig(cors) } : {}),
    ...(custom
      ? {
          customHeadersConfig: {
            items: Object.entries(custom).map(([header, value]) => ({ header, value, override })),
          },
        }
      : {}),
    ...(remove ? { removeHeadersConfig: { items: remove.map((header) => ({ header })) } } : {}),
  };
}

const corsConfig = ({ origins, methods, headers, credentials, maxAge }: Cors) => ({
  accessControlAllowOrigins: { items: [...origins] },
  accessControlAllowMethods: { items: [...(methods ?? ["GET", "HEAD", "OPTIONS"])] },
  accessControlAllowHeaders: { items: [...(headers ?? ["Content-Type", "Authorization"])] },
  accessControlAllowCredentials: credentials ?? false,
  accessControlMaxAgeSec: maxAge ?? 600,
  originOverride: true,
});
