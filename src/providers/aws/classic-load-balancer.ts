// aws_elb → endpoints: one per listener that speaks HTTP, HTTPS or TLS, or TCP on the port of HTTP.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html

import { type Cause, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, Route, Upstream } from "../../facts/endpoint.ts";
import { fact, isShown, lookUp, restated, standAt, unknown, valueText } from "../../facts/fact.ts";
import { httpsBeside } from "../../facts/https-beside.ts";
import { directives, passedOnHttp, secured } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import { type DisplayText, nameText, text } from "../../text.ts";
import { distinctNames, namesLeadingTo } from "../dns-names.ts";
import { placementOf } from "./acm.ts";
import { securityOf } from "./classic-load-balancer-policy.ts";
import { instanceProtocols, listenerProtocols } from "./classic-load-balancer-values.ts";
import { certified, withServerCertificates } from "./service-endpoint.ts";

export default defineAdapter({
  id: "aws/classic-load-balancer",
  resourceTypes: ["aws_elb"],
  endpoints: (balancer) => balancer.blocks("listener", { set: true }).flatMap(endpointsOf),
});

const protocolOf = (listener: Block) =>
  fact(listener, "lb_protocol", {
    read: (value) => lookUp(listenerProtocols, String(value).toLowerCase()),
    absent: { unknown: notSet("lb_protocol") },
    remedy: "https",
  });

function endpointsOf(listener: Block): Endpoint[] {
  const protocol = protocolOf(listener);
  const base = { address: listener.resource.address, kind: "classic load balancer", names: [], certificates: [] };
  const path = pathOf(listener);
  if (protocol.state === "unknown") {
    const tls = { certificate: protocol, ...secured(protocol) };
    return [{ ...base, ...tls, routes: [{ path, plainHttp: protocol }], upstreams: [upstreamOf(listener, path)] }];
  }
  if (protocol.value === "tcp") {
    const isHttp = String(listener.planned("lb_port")) === "80";
    const plainHttp = { ...unknown(passedOnHttp), place: protocol.place };
    return isHttp ? [{ ...base, routes: [{ path, plainHttp }], upstreams: [] }] : [];
  }
  if (protocol.value === "http") {
    const note = text`a classic load balancer can redirect nothing`;
    const all = listener.resource.blocks("listener", { set: true }).map((one) => ({ protocol: protocolOf(one) }));
    const beside = httpsBeside(all, standAt(listener, "lb_protocol", "https"));
    const routes = [{ path, plainHttp: { ...restated(protocol, "served" as const), note } }];
    return [{ ...base, httpsBeside: beside, routes, upstreams: [] }];
  }
  const route: Route = { path, plainHttp: restated(protocol, "refused") };
  const region = placementOf(listener.resource, "elasticloadbalancing");
  return [
    {
      ...base,
      names: distinctNames(namesLeadingTo(listener.resource)),
      ...certified(listener, "ssl_certificate_id", region, { targets: withServerCertificates }),
      ...securityOf(listener),
      routes: [protocol.value === "https" ? { ...route, hsts: hstsOf(listener) } : route],
      upstreams: [upstreamOf(listener, path)],
    },
  ];
}

function pathOf(listener: Block): DisplayText {
  const port = valueText(listener.value("lb_port"), undefined);
  return port === undefined ? nameText(listener.at) : text`port ${port}`;
}

function hstsOf(listener: Block): NonNullable<Route["hsts"]> {
  const note = text`a classic load balancer adds no headers, and a plan does not show those of its instances`;
  const cause: Cause = { reason: "application", note };
  const open = { ...unknown(cause), ...standAt(listener, "lb_protocol") };
  return directives(open);
}

function upstreamOf(listener: Block, path: DisplayText): Upstream {
  const [isTls, isTcp] = ["lb_protocol", "instance_protocol"].map((name) =>
    /^(ssl|tcp)$/i.test(String(listener.planned(name))),
  );
  const port = valueText(listener.value("instance_port"), undefined);
  const name = port === undefined ? text`the instances` : text`the instances' port ${port}`;
  const protocol = fact(listener, "instance_protocol", {
    read: (value) => lookUp(instanceProtocols, String(value).toLowerCase()),
    absent: { unknown: notSet("instance_protocol") },
    remedy: isTls ? "ssl" : "https",
  });
  const note = text`TCP carries on what was decrypted, in plain text`;
  const isPlainTcp = isTcp && isShown(protocol) && protocol.value === "http";
  return { name, reach: "private", routes: [path], protocol: isPlainTcp ? { ...protocol, note } : protocol };
}
