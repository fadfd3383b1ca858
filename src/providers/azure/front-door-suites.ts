// The `tls` block of a Front Door custom domain → what its cipher suites are worth.
// https://learn.microsoft.com/azure/frontdoor/standard-premium/tls-policy

import { because, notSet } from "../../cause.ts";
import type { Endpoint } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Decided,
  type Fact,
  fact,
  isShown,
  lookUp,
  mapped,
  replaced,
  standAt,
  together,
  unknown,
  unrecognised,
} from "../../facts/fact.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import {
  cipherSuiteTypes,
  customCiphers,
  defaultSuites,
  recommendedSuites,
  suggestCustom,
} from "./front-door-values.ts";

type Suites = (typeof cipherSuiteTypes)[string];

export function cipherSuitesOf(tls: Block): Pick<Endpoint, "forwardSecrecy" | "aeadOnly" | "ecdheAes"> {
  const suite = tls.block("cipher_suite", { computed: true });
  const suites = isCustom(suite) ? customOf(suite.block("custom_ciphers")) : predefinedOf(suite);
  return {
    forwardSecrecy: mapped(suites, (one) => one.forwardSecrecy),
    aeadOnly: mapped(suites, (one) => one.aeadOnly),
    ecdheAes: isCustom(suite)
      ? offeredBy(suite.block("custom_ciphers"), suites)
      : mapped(suites, (one) => one.ecdheAes),
  };
}

function isCustom(suite: Block): boolean {
  const type = suite.value("type");
  return isShown(type) && type.value === "Customized";
}

const predefinedOf = (suite: Block): Fact<Suites> =>
  fact(suite, "type", {
    read: (value) => lookUp(cipherSuiteTypes, value),
    suggests: suggestTls,
    absent: cipherSuiteTypes[defaultSuites] as Suites,
    remedy: recommendedSuites,
  });

/** One suite that is shown is enough; TLS 1.3 has one, where its suites are listed. */
function offeredBy(ciphers: Block, suites: Fact<Suites>): Fact<boolean> {
  const listed = ciphers.elements("tls12").find((one) => isShown(one) && lookUp(customCiphers, one.value)?.ecdheAes);
  const modern = ciphers.elements("tls13").find(isShown);
  const found = listed ?? modern;
  if (found && isShown(found)) return replaced(suites, { ...found, value: true });
  const none = because`no suite with ECDHE is listed, and the plan does not show whether TLS 1.3 is offered`;
  return suites.state === "unknown" ? suites : replaced(suites, unknown(none));
}

/** TLS 1.3 has suites of its own, all of them good: those of TLS 1.2 decide. */
function customOf(ciphers: Block): Fact<Suites> {
  const stand = standAt(ciphers, "tls12", ["ECDHE_RSA_AES128_GCM_SHA256", "ECDHE_RSA_AES256_GCM_SHA384"]);
  const named = ciphers.elements("tls12").map((one): Decided<Suites> => {
    if (!isShown(one)) return unknown(causeOf(one));
    const suites = lookUp(customCiphers, one.value);
    return suites ? { ...one, value: suites } : unrecognised(one, suggestCustom);
  });
  if (named.length === 0) return { ...unknown(notSet("tls12")), ...stand };
  const all = together<Suites[]>(...named);
  if (all.state === "unknown") return { ...all, ...stand };
  const summary = {
    forwardSecrecy: all.value.every((one) => one.forwardSecrecy),
    aeadOnly: all.value.every((one) => one.aeadOnly),
    ecdheAes: all.value.some((one) => one.ecdheAes),
  };
  return { ...all, value: summary, ...stand };
}
