// aws_lightsail_lb → endpoint: plain HTTP on port 80, redirected by a policy; HTTPS once a certificate is attached.
// https://docs.aws.amazon.com/lightsail/latest/userguide/understanding-lightsail-load-balancers.html

import { because, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp } from "../../facts/endpoint.ts";
import { fact, known, standAt, unknown } from "../../facts/fact.ts";
import { noHttps } from "../../facts/https-beside.ts";
import { always, everything, fixed, onlyRoute, undocumented } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { usersOf } from "../users.ts";
import { named } from "./lightsail-certificate.ts";

export default defineAdapter({
  id: "aws/lightsail-load-balancer",
  resourceTypes: ["aws_lightsail_lb"],
  cannotShow: [
    "The TLS policy of a Lightsail load balancer: the provider cannot set it, so the default TLS-2016-08 is judged.",
    "In which protocol a Lightsail load balancer asks its instances.",
  ],
  endpoints: (balancer) => [endpointOf(balancer)],
});

function endpointOf(balancer: Resource): Endpoint {
  const [attachment] = about(balancer, "aws_lightsail_lb_certificate_attachment");
  const plainHttp = plainHttpOf(balancer);
  const base = { address: balancer.address, kind: "Lightsail load balancer", names: [], upstreams: [] };
  if (!attachment) {
    const without = noHttps(standAt(balancer, ""));
    return { ...base, certificates: [], httpsBeside: without, routes: [{ path: everything, plainHttp }] };
  }
  const ciphers = undocumented(
    balancer,
    text`AWS does not publish the cipher suites of Lightsail's policy TLS-2016-08`,
  );
  // https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-configure-load-balancer-tls-security-policy.html
  const why = text`the default policy is TLS-2016-08, and the provider has no attribute for another`;
  return {
    ...base,
    ...certificateOf(attachment),
    minimumTls: fixed(balancer, "TLS 1.0", why),
    forwardSecrecy: ciphers,
    aeadOnly: ciphers,
    ecdheAes: ciphers,
    routes: [onlyRoute(balancer, plainHttp, text`the instance`)],
  };
}

function certificateOf(attachment: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  const attribute = "certificate_name";
  const link = attachment.link(attribute, { aws_lightsail_lb_certificate: ["name", "id"] });
  if (link.state !== "absent") return named(attachment, attribute, link);
  return { certificate: { ...known("missing"), ...standAt(attachment, attribute) }, certificates: [] };
}

function plainHttpOf(balancer: Resource): PlainHttp {
  const type = "aws_lightsail_lb_https_redirection_policy";
  const [policy, another] = about(balancer, type);
  if (another) return { ...unknown(because`more than one policy redirects it, or not`), ...standAt(balancer, "") };
  if (policy) {
    return fact(policy, "enabled", {
      read: (value) => (value === true ? "redirected" : value === false ? "served" : undefined),
      absent: { unknown: notSet("enabled") },
      remedy: true,
    });
  }
  return always(balancer, "served", text`port 80 is open, and no ${type} redirects it`);
}

/** Resources of a type that name a load balancer: its id is its name. */
const about = (balancer: Resource, type: string): readonly Resource[] =>
  usersOf(balancer, { types: [type], attribute: "lb_name", targets: { aws_lightsail_lb: ["name", "id"] } });
