// aws_vpclattice_listener, …_listener_rule → endpoint: one per listener; in plain HTTP its rules are routes.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html

import { because, definedElsewhere, notSet } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp, Route, Upstream } from "../../facts/endpoint.ts";
import {
  agreed,
  causeOf,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  restated,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { httpsBeside, neighboursElsewhere } from "../../facts/https-beside.ts";
import { always, everything, fixed, linked, nameOf, onlyRoute, secured } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { linkedBy, usersOf } from "../users.ts";
import { placementOf } from "./acm.ts";
import { certified } from "./service-endpoint.ts";
import { httpsSecurity, listenerProtocols, targetProtocols } from "./vpc-lattice-values.ts";

const rule = "aws_vpclattice_listener_rule";
const rules = {
  types: [rule],
  attribute: "listener_identifier",
  targets: { aws_vpclattice_listener: ["listener_id", "arn", "id"] },
};

export default defineAdapter({
  id: "aws/vpc-lattice",
  resourceTypes: ["aws_vpclattice_listener", rule],
  endpoints: (resource) => (resource.type === rule ? endpointsOfRule(resource) : endpointsOf(resource)),
});

const protocolOf = (listener: Resource): Fact<"http" | "https" | "other"> =>
  fact(listener, "protocol", {
    read: (value) => lookUp(listenerProtocols, value),
    absent: { unknown: notSet("protocol") },
    remedy: "HTTPS",
  });

function endpointsOf(listener: Resource): Endpoint[] {
  const holders = [listener, ...usersOf(listener, rules)];
  const protocol = protocolOf(listener);
  const base = { address: listener.address, kind: "VPC Lattice listener", names: [], certificates: [] };
  if (protocol.state === "unknown") {
    const tls = { certificate: protocol, ...secured(protocol) };
    return [{ ...base, ...tls, routes: [{ path: everything, plainHttp: protocol }], upstreams: upstreamsOf(holders) }];
  }
  if (protocol.value === "other") return [];
  if (protocol.value === "http") {
    return [{ ...base, httpsBeside: besideOf(listener), routes: holders.map(routeOf), upstreams: [] }];
  }
  const why = text`every HTTPS listener of VPC Lattice has the same security policy`;
  return [
    {
      ...base,
      ...ownNameOf(listener),
      ...secured(fixed(listener, httpsSecurity, why)),
      sni: always(listener, true, text`VPC Lattice tells its services apart by SNI`),
      httpVersions: always(listener, ["HTTP/1.1", "HTTP/2"], text`VPC Lattice offers both`),
      routes: [onlyRoute(listener, restated(protocol, "refused"), text`the target`)],
      upstreams: upstreamsOf(holders),
    },
  ];
}

/** A rule whose listener another plan makes; those of this plan's listeners are judged with them. */
function endpointsOfRule(one: Resource): Endpoint[] {
  if (linkedBy(one, rules.attribute, rules.targets).some(({ mode }) => mode === "managed")) return [];
  const open = { ...unknown(definedElsewhere("its listener")), ...standAt(one, "listener_identifier") };
  const { path, plainHttp } = routeOf(one);
  const isServed = plainHttp && isShown(plainHttp) && plainHttp.value === "served";
  return [
    {
      address: one.address,
      kind: "VPC Lattice listener rule",
      names: [],
      certificates: [],
      routes: [{ path, plainHttp: isServed ? open : plainHttp }],
      upstreams: upstreamsOf([one]),
    },
  ];
}

const actionOf = (holder: Resource): Block => holder.block(holder.type === rule ? "action" : "default_action");

function routeOf(holder: Resource): Route {
  return {
    path: holder.type === rule ? nameText(holder.address) : everything,
    plainHttp: treatmentBy(actionOf(holder)),
  };
}

/** An error is a refusal: the API allows 404 and 500 alone. */
function treatmentBy(action: Block): PlainHttp {
  const answer = action.block("fixed_response");
  if (answer.presence !== "absent") {
    return fact(answer, "status_code", {
      read: (status) => (/^[45]\d\d$/.test(String(status)) ? "refused" : undefined),
      absent: { unknown: notSet("the status of the answer") },
    });
  }
  const isForward = action.block("forward").presence === "present";
  const holder = action.resource;
  if (!isForward) return { ...unknown(because`the plan does not tell what its action is`), ...standAt(action, "") };
  // What is to be set is the listener's protocol, which is another resource's where a rule forwards.
  const stand = holder.type === rule ? standAt(action, "forward") : standAt(holder, "protocol", "HTTPS");
  return { ...known("served"), ...stand, note: text`it forwards plain HTTP to its targets` };
}

const services = { aws_vpclattice_service: ["id", "arn"] };

/** The other listeners of its service. */
function besideOf(listener: Resource): Fact<boolean> {
  const stand = standAt(listener, "protocol", "HTTPS");
  const attribute = serviceAttribute(listener);
  const service = linked(listener, attribute, services, text`the service`);
  if ("state" in service || service.mode === "data") return { ...unknown(neighboursElsewhere), ...stand };
  const others = ["service_identifier", "service_arn"].flatMap((name) =>
    usersOf(service, { types: ["aws_vpclattice_listener"], attribute: name, targets: services }),
  );
  return httpsBeside(
    others.map((one) => ({ protocol: protocolOf(one) })),
    stand,
  );
}

const serviceAttribute = (listener: Resource): string =>
  listener.value("service_identifier").state !== "absent" ? "service_identifier" : "service_arn";

/** The service's own name and certificate; without a name it has one of VPC Lattice's, with its certificate. */
function ownNameOf(listener: Resource): Pick<Endpoint, "names" | "certificate" | "certificates"> {
  const service = linked(listener, serviceAttribute(listener), services, text`the service`);
  if ("state" in service) return { names: [], certificate: service, certificates: [] };
  const own = certified(service, "certificate_arn", placementOf(service, "vpc-lattice"), { isRequired: false });
  const isNamed = service.value("custom_domain_name").state !== "absent";
  if (isNamed) return { names: [nameOf(service, "custom_domain_name")], ...own };
  if (own.certificates.length > 0) return { names: [], ...own };
  return { names: [], certificate: { ...known("provider"), ...standAt(service, "certificate_arn") }, certificates: [] };
}

const groups = { aws_vpclattice_target_group: ["id", "arn"] };

/** The target groups that a listener or its rules forward to, each once. */
function upstreamsOf(holders: readonly Resource[]): Upstream[] {
  const targets = holders.flatMap((one) =>
    actionOf(one)
      .blocks("forward")
      .flatMap((forward) => forward.blocks("target_groups")),
  );
  return [...new Map(targets.map(upstreamOf).map((one) => [one.name, one])).values()];
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html: targets are in a VPC. */
const reach = "private";

function upstreamOf(target: Block): Upstream {
  const attribute = "target_group_identifier";
  const stand = standAt(target, attribute);
  const link = target.link(attribute, groups);
  if (link.state !== "found") {
    const cause = link.state === "outside" ? definedElsewhere("the target group") : causeOf(link);
    // Of two rules the attributes are named alike.
    const place = text`${nameText(stand.place.address)} ${nameText(stand.place.at)}`;
    const name = valueText(link.state === "outside" ? link.value : undefined, place);
    return { name, reach, protocol: { ...unknown(cause), ...stand }, routes: [] };
  }
  const name = nameText(link.resources.map(({ address }) => address).join(" or "));
  const [first, ...others] = link.resources.map(hopTo);
  if (first && others.length === 0) return { name, reach, protocol: first, routes: [] };
  const which = because`the plan does not tell which it is of ${name}`;
  return { name, reach, protocol: { ...agreed(link.resources.map(hopTo), which), ...stand }, routes: [] };
}

function hopTo(group: Resource): Upstream["protocol"] {
  const type = group.value("type");
  if (isShown(type) && type.value === "LAMBDA") {
    return { ...known("https"), ...standAt(group, "type"), note: text`a Lambda function is invoked by its HTTPS API` };
  }
  return fact(group.block("config"), "protocol", {
    read: (value) => lookUp(targetProtocols, value),
    absent: { unknown: notSet("the protocol of the target group") },
    remedy: "HTTPS",
  });
}
