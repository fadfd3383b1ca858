// aws_lightsail_distribution → endpoint: its certificate, and the protocol to its origin.
// https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-content-delivery-network-distributions.html

import { defineAdapter } from "../../facts/adapter.ts";
import type { CertificateUse, Endpoint, Upstream } from "../../facts/endpoint.ts";
import { type Fact, fact, failsSafe, known, lookUp, mapped, standAt, unknown, valueText } from "../../facts/fact.ts";
import { always, onlyRoute, secured, undocumented } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { regionOf } from "./acm.ts";
import { named } from "./lightsail-certificate.ts";
import { originProtocols } from "./lightsail-values.ts";

export default defineAdapter({
  id: "aws/lightsail-distribution",
  resourceTypes: ["aws_lightsail_distribution"],
  cannotShow: [
    "The minimum TLS version of a Lightsail distribution, which the provider cannot set.",
    "What plain HTTP gets from a Lightsail distribution.",
  ],
  endpoints: (distribution) => [endpointOf(distribution)],
});

function endpointOf(distribution: Resource): Endpoint {
  // https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-configure-distribution-tls-version.html
  const note = text`the provider cannot set the minimum TLS version: with a domain of its owner's it is TLSv1.2_2021, unless set elsewhere`;
  const tls = { ...unknown({ reason: "other", note, kind: "outside" }), ...standAt(distribution, "") };
  const plainHttp = undocumented(
    distribution,
    text`AWS does not say what plain HTTP gets from a distribution of Lightsail`,
  );
  return {
    address: distribution.address,
    kind: "Lightsail distribution",
    // Its names are those of its certificate.
    names: [],
    ...certificateOf(distribution),
    ...secured(tls),
    ecdheAes: always(distribution, true, text`each TLS policy of Lightsail's distributions offers it`),
    routes: [onlyRoute(distribution, plainHttp, text`the origin`)],
    upstreams: distribution.blocks("origin").map(upstreamOf),
  };
}

/** "Only certificates created in the us-east-1 AWS Region can be attached" (API_CreateCertificate) */
function certificateOf(distribution: Resource): Pick<Endpoint, "certificate" | "certificates"> {
  const attribute = "certificate_name";
  const link = distribution.link(attribute, { aws_lightsail_certificate: ["name", "id"] });
  const stand = standAt(distribution, attribute);
  if (link.state === "absent") return { certificate: { ...known("provider"), ...stand }, certificates: [] };
  const own = named(distribution, attribute, link);
  const [resource, another] = link.state === "found" ? link.resources : [];
  if (!resource || another) return own;
  const region: Fact<string> = { ...regionOf(resource, "lightsail"), ...stand, related: [resource.address] };
  const placed = failsSafe(mapped(region, (actual) => ({ actual, required: "us-east-1" })));
  return { ...own, certificates: own.certificates.map((one): CertificateUse => ({ ...one, region: placed })) };
}

function upstreamOf(origin: Block): Upstream {
  const link = origin.link("name", { aws_lightsail_lb: ["name", "id"] });
  const [balancer, another] = link.state === "found" ? link.resources : [];
  return {
    name: valueText(origin.value("name"), nameText(origin.at)),
    reach: "public",
    protocol: fact(origin, "protocol_policy", {
      read: (value) => lookUp(originProtocols, value),
      absent: "http",
      remedy: "https-only",
    }),
    endpoint: another ? undefined : balancer?.address,
    routes: [],
  };
}
