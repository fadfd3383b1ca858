// The security policy of a classic load balancer's port: aws_load_balancer_policy by way of aws_load_balancer_listener_policy,
// or aws_lb_ssl_negotiation_policy.

import { because, type Cause, definedElsewhere, describeCause, kindOf } from "../../cause.ts";
import { suiteOf } from "../../facts/cipher-suite.ts";
import type { TlsVersion } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  type Stand,
  standAt,
  unknown,
  unrecognised,
  type Value,
} from "../../facts/fact.ts";
import { type Secured, secured } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { type Users, usersOf } from "../users.ts";
import {
  defaultPolicy,
  predefinedPolicies,
  protocolAttributes,
  recommendedPolicy,
} from "./classic-load-balancer-values.ts";

/** Resources that name a load balancer. */
const naming = (type: string, attribute: string): Users => ({
  types: [type],
  attribute,
  targets: { aws_elb: ["name", "id"] },
});

const negotiationPolicies = naming("aws_lb_ssl_negotiation_policy", "load_balancer");
const listenerPolicies = naming("aws_load_balancer_listener_policy", "load_balancer_name");
const ownPolicies = naming("aws_load_balancer_policy", "load_balancer_name");

/** What a port of a load balancer negotiates. */
export function securityOf(listener: Block): Secured {
  const attached = policiesAt(listener);
  const stand = standAt(listener, "lb_protocol");
  if ("unknown" in attached) return open(attached.unknown, stand);
  const [policy, another] = attached.policies;
  if (another) return open(because`more than one security policy is attached to its port`, stand);
  if (policy) return securityBy(policy.blocks(attributesOf(policy), { set: true }), standAt(policy, ""));
  const note = text`no security policy is attached to its port, so ${defaultPolicy} applies`;
  return predefined(defaultPolicy, { ...stand, note });
}

const open = (cause: Cause, stand: Stand): Secured => {
  const fact = { ...unknown(cause), ...stand };
  return secured(fact);
};

const attributesOf = ({ type }: Resource) => (type === "aws_load_balancer_policy" ? "policy_attribute" : "attribute");

/** The policies of the port, or why the plan does not tell them. */
function policiesAt(listener: Block): { readonly policies: readonly Resource[] } | { readonly unknown: Cause } {
  const balancer = listener.resource;
  const port = listener.value("lb_port");
  const negotiations = usersOf(balancer, negotiationPolicies).filter((one) => canBe(one.value("lb_port"), port));
  const bindings = usersOf(balancer, listenerPolicies).filter((one) => canBe(one.value("load_balancer_port"), port));
  const names = bindings.flatMap((one) => one.elements("policy_names"));
  const late = [port, ...bindings.map((one) => one.value("load_balancer_port")), ...names].find((one) => !isShown(one));
  if (bindings.length > 0 && late) {
    const cause = causeOf(late);
    const note = text`the policy of its port is ${describeCause(cause)}`;
    return { unknown: { reason: "other", note, kind: kindOf(cause) } };
  }
  const own = usersOf(balancer, ownPolicies);
  const named = names.flatMap((name) => own.filter((one) => canBe(one.value("policy_name"), name)));
  // A port can have policies of other types too, e.g. for sticky sessions.
  const policies = named.filter((one) => canBe(one.value("policy_type_name"), known("SSLNegotiationPolicyType")));
  if (named.length < names.length) return { unknown: definedElsewhere("a policy of its port") };
  return { policies: [...negotiations, ...policies] };
}

/** Ports are numbers here and texts there. */
const canBe = (one: Value, other: Value): boolean =>
  !isShown(one) || !isShown(other) || String(one.value) === String(other.value);

function securityBy(attributes: readonly Block[], stand: Stand): Secured {
  const reference = attributes.find((one) => isNamed(one, "Reference-Security-Policy"));
  if (reference) return referred(reference);
  const late = attributes.find((one) => !isShown(one.value("name")) || !isShown(one.value("value")));
  if (late) return open(causeOf(late.value(isShown(late.value("name")) ? "value" : "name")), standAt(late, "value"));
  const said = new Map(attributes.map((one) => [textOf(one.value("name")), textOf(one.value("value")) === "true"]));
  const ciphers = [...said].flatMap(([name, isOn]) => (isOn && isCipher(name) ? [name] : []));
  const silent = unknown(because`a custom policy, and what it does not name may be on`);
  const isSecret = attributes.some((one) => isSensitive(one.value("name")) || isSensitive(one.value("value")));
  const broken = (isBroken: boolean): Fact<boolean> => ({ ...(isBroken ? known(false, isSecret) : silent), ...stand });
  const oldest = oldestOf(said);
  const tls12 = said.get("Protocol-TLSv1.2");
  const hasEcdheAes =
    tls12 && ciphers.some((name) => suiteOf(name)?.ecdheAes) ? true : tls12 === false ? false : undefined;
  return {
    minimumTls: { ...(isShown(oldest) ? known(oldest.value, isSecret) : oldest), ...stand },
    forwardSecrecy: broken(ciphers.some((name) => !name.startsWith("ECDHE-") && !name.startsWith("DHE-"))),
    aeadOnly: broken(ciphers.some((name) => !name.includes("-GCM-"))),
    ecdheAes: { ...(hasEcdheAes === undefined ? silent : known(hasEcdheAes, isSecret)), ...stand },
  };
}

const isNamed = (attribute: Block, name: string): boolean => textOf(attribute.value("name")) === name;

const textOf = (value: Value): string => (isShown(value) ? String(value.value) : "");

/** OpenSSL's names, e.g. ECDHE-RSA-AES128-GCM-SHA256: all attributes but those of versions and of the order. */
const isCipher = (name: string): boolean => !name.startsWith("Protocol-") && name !== "Server-Defined-Cipher-Order";

/** Known where an old version is switched on, or each of them off. */
function oldestOf(said: ReadonlyMap<string, boolean>) {
  const versions = Object.entries(protocolAttributes);
  const on = versions.find(([name]) => said.get(name));
  const older = versions.slice(0, on ? versions.indexOf(on) : undefined).map(([name]) => name);
  // SSLv3 is offered by no policy that does not name it.
  const left = older.find((name) => name !== "Protocol-SSLv3" && said.get(name) !== false);
  if (!on) return unknown(because`a custom policy that names no version`);
  const isOld = on[1] !== "TLS 1.2";
  return isOld || !left
    ? known<TlsVersion>(on[1])
    : unknown(because`a custom policy that does not say whether ${nameText(left)} is on`);
}

function referred(attribute: Block): Secured {
  const stand = standAt(attribute, "value", recommendedPolicy);
  const value = attribute.value("value");
  if (!isShown(value)) return open(causeOf(value), stand);
  const name = String(value.value);
  if (lookUp(predefinedPolicies, name)) return predefined(name, stand, value.sensitive);
  return open(unrecognised(value, suggestTls).cause, stand);
}

function predefined(name: string, stand: Stand, isSecret = false): Secured {
  const { remedy: _, ...unmended } = stand;
  const note = stand.note ?? text`every predefined policy does, so it takes a custom one`;
  const weak: Fact<boolean> = { ...known(false, isSecret), ...unmended, note };
  const minimumTls = { ...known(lookUp(predefinedPolicies, name) ?? "TLS 1.0", isSecret), ...stand };
  const ecdheAes: Fact<boolean> = { ...known(true, isSecret), ...unmended };
  return { minimumTls, forwardSecrecy: weak, aeadOnly: weak, ecdheAes };
}
