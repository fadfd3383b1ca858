// An HTTPS listener of an application load balancer: a modern security policy, HSTS, and port 80 that only redirects.

import { LbListener, type LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener/index.js";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate/index.js";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule/index.js";
import { Tokenization } from "cdktf";
import { Construct } from "constructs";
import { arnCheck, Certificate, type ICertificate } from "./certificate.ts";
import { guard } from "./guard.ts";
import type { Opened } from "./opened.ts";
import { acceptNewerProviders } from "./provider-line.ts";
import { type Hsts, hstsErrors, hstsHeader, hstsWaivers } from "./security-headers.ts";
import { choiceErrors, isToken } from "./token.ts";
import { record } from "./waiver.ts";

/** Security policies with TLS 1.2 or newer, forward secrecy and authenticated encryption alone (AWS, "Security policies for your Application Load Balancer"). */
export type ListenerTls = (typeof modern)[number];

const modern = [
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
] as const;

const hstsAttribute = "routing_http_response_strict_transport_security_header_value";

const guarded = ["certificate_arn", "default_action", "port", "protocol", hstsAttribute, "ssl_policy"];

/** Passes requests on. */
export interface ForwardAction {
  /** ARN of a target group, or several with their shares. */
  readonly forward: string | readonly [WeightedTarget, WeightedTarget, ...WeightedTarget[]];
}

/** One of several target groups. */
export interface WeightedTarget {
  /** ARN of the target group. */
  readonly targetGroupArn: string;
  /** Its share of the requests, 0 to 999, in proportion to the others'. */
  readonly weight: number;
}

/** Sends viewers elsewhere, by 301. */
export interface RedirectAction {
  /**
   * Where to. What the URL does not state stays as in the request, its path and its query; #{host}, #{path} and #{query}
   * stand for those of the request.
   */
  readonly redirect: `https://${string}`;
}

/** Answers by itself. */
export interface FixedAction {
  /** The answer. */
  readonly fixed: FixedAnswer;
}

/** An answer that no server is asked for. */
export interface FixedAnswer {
  /** Status of HTTP, e.g. 404. */
  readonly status: number;
  /**
   * Text of the answer.
   *
   * @default none: the status says enough
   */
  readonly body?: string;
  /**
   * What kind of text it is.
   *
   * @default "text/plain": nothing that a browser could run
   */
  readonly contentType?: string;
}

/** What a listener does with a request. */
export type ListenerAction = ForwardAction | RedirectAction | FixedAction;

/** What a rule looks for, all of it at once, and what it does then. */
export type ListenerRule = RuleConditions & { readonly action: ListenerAction };

type RuleConditions =
  | { readonly hosts: readonly [string, ...string[]]; readonly paths?: readonly [string, ...string[]] }
  | { readonly hosts?: readonly [string, ...string[]]; readonly paths: readonly [string, ...string[]] };

export interface HttpsListenerProps {
  /** The application load balancer. */
  readonly loadBalancerArn: string;
  /** Certificate of ACM, from the load balancer's region. */
  readonly certificate: ICertificate<"regional">;
  /** What it does with requests: `forward` takes a target group's ARN. */
  readonly action: ListenerAction;
  /**
   * Further certificates, chosen by the name that the client asks for (SNI).
   *
   * @default none: one certificate has room for ten names
   */
  readonly moreCertificates?: readonly ICertificate<"regional">[];
  /**
   * Security policy.
   *
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09": the console's own choice; left out, AWS would take TLS 1.0
   */
  readonly tls?: ListenerTls | Opened<"listener-tls">;
  /**
   * Strict-Transport-Security, added to every answer.
   *
   * @default two years, with subdomains: browsers then never try plain HTTP again
   */
  readonly hsts?: Hsts;
  /**
   * Whether port 80 redirects here; without it nothing listens there.
   *
   * @default true: a link or an address typed without a scheme still works
   */
  readonly httpRedirect?: boolean;
  /**
   * Port of the listener.
   *
   * @default 443: the port of HTTPS
   */
  readonly port?: number;
  /**
   * Clients have to show a certificate of an authority in this trust store.
   *
   * @default none: everybody gets in
   */
  readonly mutualTls?: { readonly trustStoreArn: string };
  /**
   * Tags of the listeners.
   *
   * @default none: the provider's default tags are there anyway
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * An HTTPS listener of an application load balancer: TLS 1.2 or newer with forward secrecy, HSTS, and port 80 that only
 * redirects.
 *
 * @example
 * ```ts
 * import { Certificate, HttpsListener } from "tlsgate/modules";
 *
 * new HttpsListener(this, "https", {
 *   loadBalancerArn: loadBalancer.arn,
 *   certificate: Certificate.fromRegionalArn("arn:aws:acm:eu-west-1:123456789012:certificate/0b1c2d3e"),
 *   action: { forward: targetGroup.arn },
 * });
 * ```
 */
export class HttpsListener extends Construct {
  /** For rules of your own, beside those of `addRule(priority, { hosts, paths, action })`. */
  readonly listenerArn: string;
  /** Of port 80; undefined without `httpRedirect`. */
  readonly redirectListenerArn: string | undefined;

  constructor(scope: Construct, id: string, props: HttpsListenerProps) {
    super(scope, id);
    const {
      loadBalancerArn,
      certificate,
      moreCertificates = [],
      action,
      hsts = {},
      port = 443,
      tags,
      mutualTls,
    } = props;
    const tagged = tags ? { tags } : {};
    const { tls = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" } = props;
    const checks = [certificate, ...moreCertificates].filter((one) => !(one instanceof Certificate)).map(arnCheck);
    const precondition = checks.flatMap((check) => check.precondition);
    const listener = new LbListener(this, "https", {
      loadBalancerArn,
      port,
      protocol: "HTTPS",
      sslPolicy: typeof tls === "object" ? tls.value : tls,
      certificateArn: certificate.certificateArn,
      routingHttpResponseStrictTransportSecurityHeaderValue: hstsHeader(hsts),
      defaultAction: [actionConfig(action)],
      ...(mutualTls ? { mutualAuthentication: { mode: "verify", trustStoreArn: mutualTls.trustStoreArn } } : {}),
      ...tagged,
      ...(precondition.length > 0 ? { lifecycle: { precondition } } : {}),
    });
    this.node.defaultChild = listener;
    guard(listener, ...guarded);
    acceptNewerProviders(listener);
    record(hstsWaivers(hsts), listener, hstsAttribute, hstsHeader(hsts));
    if (typeof tls === "object") record(tls.waivers, listener, "ssl_policy", tls.value);
    this.listenerArn = listener.arn;
    moreCertificates.forEach((one, index) => {
      const { certificateArn } = one;
      new LbListenerCertificate(this, `certificate-${index}`, { listenerArn: listener.arn, certificateArn });
    });
    const misplaced = [certificate, ...moreCertificates].some(({ use }) => use !== "regional")
      ? ['The certificate is for CloudFront: a load balancer needs one from its own region (use: "regional").']
      : [];
    const wrong = checks.flatMap(({ errors }) => errors);
    this.node.addValidation({
      validate: () => [
        ...misplaced,
        ...wrong,
        ...choiceErrors(this, "tls", tls, modern),
        ...redirectErrors(action),
        ...portErrors(port, props.httpRedirect ?? true),
        ...hstsErrors(this, hsts),
      ],
    });
    if (props.httpRedirect === false) return;
    const redirect = { port: Tokenization.stringifyNumber(port), protocol: "HTTPS", statusCode: "HTTP_301" };
    const plain = new LbListener(this, "http", {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect }],
      ...tagged,
    });
    guard(plain, ...guarded);
    this.redirectListenerArn = plain.arn;
  }

  /** Adds a rule: the lowest number is tried first, and what no rule takes, gets the listener's own action. */
  addRule(priority: number, { action, hosts, paths }: ListenerRule): void {
    const rule = new LbListenerRule(this, `rule-${priority}`, {
      listenerArn: this.listenerArn,
      priority,
      action: [actionConfig(action)],
      condition: [
        ...(hosts ? [{ hostHeader: { values: [...hosts] } }] : []),
        ...(paths ? [{ pathPattern: { values: [...paths] } }] : []),
      ],
    });
    guard(rule, "action", "listener_arn");
    this.node.addValidation({ validate: () => [...redirectErrors(action), ...priorityErrors(priority)] });
  }
}

const priorityErrors = (priority: number): string[] =>
  Number.isInteger(priority) && priority >= 1 && priority <= 50_000
    ? []
    : [`priority ${priority} of a rule: write a number from 1 to 50000.`];

function actionConfig(action: ListenerAction): LbListenerDefaultAction {
  if ("forward" in action) {
    if (typeof action.forward === "string") return { type: "forward", targetGroupArn: action.forward };
    const targetGroup = action.forward.map(({ targetGroupArn, weight }) => ({ arn: targetGroupArn, weight }));
    return { type: "forward", forward: { targetGroup } };
  }
  if ("fixed" in action) {
    const { status, body, contentType = "text/plain" } = action.fixed;
    const response = {
      contentType,
      statusCode: Tokenization.stringifyNumber(status),
      ...(body === undefined ? {} : { messageBody: body }),
    };
    return { type: "fixed-response", fixedResponse: response };
  }
  const { host = "", port = "443", path = "/#{path}", query = "#{query}" } = targetOf(action.redirect) ?? {};
  return { type: "redirect", redirect: { protocol: "HTTPS", host, port, path, query, statusCode: "HTTP_301" } };
}

/**
 * The parts of a URL that a listener redirects to, each of which may hold placeholders of the request (AWS, "Listeners for
 * your Application Load Balancers", redirect actions) or tokens. undefined for what is no URL over HTTPS.
 */
function targetOf(url: string): { host?: string; port?: string; path?: string; query?: string } | undefined {
  const placeholder = "#\\{(?:host|path|query|port)\\}";
  const part = (characters: string) => `(?:${placeholder}|\\$\\{[^}]*\\}|[${characters}])`;
  const pattern = `^https://(?<host>${part("A-Za-z0-9.-")}+)(?::(?<port>\\d+))?(?<path>/${part("^?#\\s")}*)?(?:\\?(?<query>${part("^#\\s")}*))?$`;
  const parts = new RegExp(pattern).exec(url)?.groups;
  if (!parts) return;
  const { path, ...others } = parts;
  return Object.fromEntries(
    Object.entries({ ...others, ...(path === "/" ? {} : { path }) }).filter(([, value]) => value !== undefined),
  );
}

function portErrors(port: number, httpRedirect: boolean): string[] {
  if (isToken(port)) return [];
  if (port === 80 && httpRedirect) {
    return ["port 80 is where this listener redirects plain HTTP: choose another port, or set httpRedirect: false."];
  }
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : [`port ${port}: write a number from 1 to 65535.`];
}

const redirectErrors = (action: ListenerAction): string[] =>
  "redirect" in action && targetOf(action.redirect) === undefined
    ? [
        `redirect ${action.redirect}: write https:// and a host, and after it at most a port, a path and a query; a token may stand for the host, not for the whole URL.`,
      ]
    : [];
