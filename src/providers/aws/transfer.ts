// aws_transfer_server → endpoint: FTPS with its certificate and security policy; FTP and AS2 in plain text.
// https://docs.aws.amazon.com/transfer/latest/userguide/tf-server-endpoint.html

import type { Cause } from "../../cause.ts";
import { outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import type { Endpoint, PlainHttp, Route } from "../../facts/endpoint.ts";
import {
  causeOf,
  fact,
  isShown,
  lookUp,
  mapped,
  standAt,
  unknown,
  unrecognised,
  type Value,
  valueText,
} from "../../facts/fact.ts";
import { fixed } from "../../facts/service.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { placementOf } from "./acm.ts";
import { certified } from "./service-endpoint.ts";
import { defaultPolicy, protocols, recommendedPolicy, securityPolicies } from "./transfer-values.ts";

export default defineAdapter({
  id: "aws/transfer",
  resourceTypes: ["aws_transfer_server"],
  endpoints(server) {
    const routes = routesOf(server);
    return routes.length > 0 ? [endpointOf(server, routes)] : [];
  },
});

/** One for each protocol but SFTP, which a server speaks where none is written. */
function routesOf(server: Resource): Route[] {
  return server.elements("protocols").flatMap((protocol): Route[] => {
    const plainHttp = treatmentOf(protocol, server);
    return plainHttp ? [{ path: valueText(protocol, text`protocols`), plainHttp }] : [];
  });
}

function treatmentOf(protocol: Value, server: Resource): PlainHttp | undefined {
  const stand = standAt(server, "protocols");
  if (!isShown(protocol)) return { ...unknown(causeOf(protocol)), ...stand };
  const treatment = lookUp(protocols, protocol.value);
  if (treatment === undefined) return { ...unrecognised(protocol), ...stand };
  if (treatment === "other") return undefined;
  const isFtp = protocol.value === "FTP";
  if (protocol.value === "AS2" && !isOnInternet(server)) return { ...unknown(behindAnother), ...stand };
  const note = isFtp
    ? text`FTP is not encrypted`
    : text`AS2 comes over plain HTTP, whatever of its messages is encrypted`;
  const told = treatment === "served" ? { note, remedy: isFtp ? encrypted(server).remedy : undefined } : {};
  return { ...protocol, value: treatment, ...stand, ...told };
}

/**
 * "HTTPS AS2 server endpoints are not currently supported. You are responsible for TLS termination"
 * https://docs.aws.amazon.com/transfer/latest/userguide/as2-for-transfer-family.html
 */
const behindAnother: Cause = outside`AS2 comes over plain HTTP, and a plan does not show which load balancer ends TLS before this internal endpoint`;

/** Only an endpoint in a VPC without addresses of its own is reached from inside alone. */
function isOnInternet(server: Resource): boolean {
  const type = server.value("endpoint_type");
  const isPublic = type.state === "absent" || (isShown(type) && type.value === "PUBLIC");
  return isPublic || server.block("endpoint_details").value("address_allocation_ids").state !== "absent";
}

/** FTPS in the place of FTP, where all protocols are known. */
function encrypted(server: Resource) {
  const all = server.elements("protocols");
  const names = all.flatMap((one) => valueText(one, [])).map((name) => name.replace(/^FTP$/, "FTPS"));
  return standAt(server, "protocols", names.length === all.length ? [...new Set(names)] : undefined);
}

function endpointOf(server: Resource, routes: readonly Route[]): Endpoint {
  const base = { address: server.address, kind: "Transfer server", names: [], routes, upstreams: [] };
  return server.elements("protocols").some(mayBeTls)
    ? { ...base, ...certified(server, "certificate", placementOf(server, "transfer")), ...securityOf(server) }
    : { ...base, certificates: [] };
}

const mayBeTls = (protocol: Value): boolean =>
  !isShown(protocol) || (lookUp(protocols, protocol.value) ?? "refused") === "refused";

function securityOf(server: Resource): Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes"> {
  const security = fact(server, "security_policy_name", {
    read: (value) => lookUp(securityPolicies, value),
    absent: securityPolicies[defaultPolicy] as (typeof securityPolicies)[string],
  });
  return {
    // https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html: "We support TLS 1.2"
    minimumTls: fixed(server, "TLS 1.2", text`Transfer servers take TLS 1.2, whatever the security policy is`),
    forwardSecrecy: {
      ...mapped(security, ({ forwardSecrecy }) => forwardSecrecy),
      remedy: standAt(server, "security_policy_name", recommendedPolicy).remedy,
    },
    aeadOnly: mapped(security, ({ aeadOnly }) => aeadOnly),
    ecdheAes: mapped(security, ({ ecdheAes }) => ecdheAes),
  };
}
