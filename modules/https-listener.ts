// An HTTPS listener of an application load balancer: a modern security policy, HSTS, and port 80 that only redirects.

import { LbListener, type LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener/index.js";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate/index.js";
import { Construct } from "constructs";
import type { ICertificate } from "./certificate.ts";
import { type Hsts, hstsErrors, hstsHeader } from "./security-headers.ts";

/** Security policies with TLS 1.2 or newer, forward secrecy and authenticated encryption alone (AWS, "Security policies for your Application Load Balancer"). */
export type ListenerTls =
  | "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
  | "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  | "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04"
  | "ELBSecurityPolicy-TLS13-1-3-2021-06"
  | "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"
  | "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04";

export type ListenerAction =
  | { readonly forward: string }
  | { readonly redirect: `https://${string}` }
  | { readonly fixed: { readonly status: number; readonly body?: string; readonly contentType?: string } };

export interface HttpsListenerProps {
  readonly loadBalancerArn: string;
  readonly certificate: ICertificate<"regional">;
  /** Further certificates, chosen by the name that the client asks for. */
  readonly moreCertificates?: readonly ICertificate<"regional">[];
  /** Where a target group's ARN goes to `forward`. */
  readonly action: ListenerAction;
  /** Default ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, the console's own choice. Left out, AWS would take TLS 1.0. */
  readonly tls?: ListenerTls;
  /** Default two years with subdomains. */
  readonly hsts?: Hsts;
  /** Whether port 80 redirects here. Default true; without it nothing listens there. */
  readonly httpRedirect?: boolean;
  /** Default 443. */
  readonly port?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export class HttpsListener extends Construct {
  readonly listenerArn: string;
  readonly redirectListenerArn: string | undefined;

  constructor(scope: Construct, id: string, props: HttpsListenerProps) {
    super(scope, id);
    const { loadBalancerArn, certificate, moreCertificates = [], action, hsts = {}, port = 443, tags } = props;
    const tagged = tags ? { tags } : {};
    const listener = new LbListener(this, "https", {
      loadBalancerArn,
      port,
      protocol: "HTTPS",
      sslPolicy: props.tls ?? "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificateArn: certificate.certificateArn,
      routingHttpResponseStrictTransportSecurityHeaderValue: hstsHeader(hsts),
      defaultAction: [actionConfig(action)],
      ...tagged,
    });
    this.listenerArn = listener.arn;
    moreCertificates.forEach((one, index) => {
      const { certificateArn } = one;
      new LbListenerCertificate(this, `certificate-${index}`, { listenerArn: listener.arn, certificateArn });
    });
    const misplaced = [certificate, ...moreCertificates].some(({ use }) => use !== "regional")
      ? ['The certificate is for CloudFront: a load balancer needs one from its own region (use: "regional").']
      : [];
    this.node.addValidation({ validate: () => [...misplaced, ...hstsErrors(hsts)] });
    if (props.httpRedirect === false) return;
    const redirect = { port: String(port), protocol: "HTTPS", statusCode: "HTTP_301" };
    this.redirectListenerArn = new LbListener(this, "http", {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect }],
      ...tagged,
    }).arn;
  }
}

function actionConfig(action: ListenerAction): LbListenerDefaultAction {
  if ("forward" in action) return { type: "forward", targetGroupArn: action.forward };
  if ("fixed" in action) {
    const { status, body, contentType = "text/plain" } = action.fixed;
    const response = { contentType, statusCode: String(status), ...(body === undefined ? {} : { messageBody: body }) };
    return { type: "fixed-response", fixedResponse: response };
  }
  const { hostname, port, pathname } = new URL(action.redirect);
  const redirect = {
    protocol: "HTTPS",
    host: hostname,
    port: port || "443",
    path: pathname === "/" ? "/#{path}" : pathname,
    statusCode: "HTTP_301",
  };
  return { type: "redirect", redirect };
}
