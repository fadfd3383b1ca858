// The security and protocols blocks of an API Management service → what it negotiates with clients, and with backends.
// https://learn.microsoft.com/azure/api-management/api-management-howto-manage-protocols-ciphers

import { because } from "../../cause.ts";
import { suiteOf } from "../../facts/cipher-suite.ts";
import type { Endpoint, TlsVersion } from "../../facts/endpoint.ts";
import {
  type Fact,
  fact,
  isSensitive,
  isShown,
  known,
  lookUp,
  mapped,
  restated,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { always, fixed } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { text } from "../../text.ts";
import { backendProtocols, cipherSwitches, fixedTiers, frontendProtocols } from "./api-management-values.ts";

const securityOf = (service: Resource): Block => service.block("security", { computed: true });

/**
 * A switch by its name in azurerm 5, or by the one in 3 and 4: of the two one is set, and the other follows. What is not
 * set the provider switches off: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/api_management
 */
function switched(block: Block, name: string, wanted: boolean): Fact<boolean> {
  const names = [name, name.replace(/^(.*)_enabled$/, "enable_$1")];
  const values = names.map((one) => ({ one, value: block.value(one) }));
  const chosen =
    values.find(({ value }) => isShown(value) && value.value === true) ??
    values.find(({ value }) => isShown(value)) ??
    values.find(({ value }) => value.state === "unknown");
  return fact(block, chosen?.one ?? name, {
    read: (value) => (typeof value === "boolean" ? value : undefined),
    absent: false,
    remedy: wanted,
  });
}

const isOn = (one: Fact<boolean>): boolean => isShown(one) && one.value;

/** The oldest that is switched on; what is on decides, whatever the plan does not tell of the others. */
export function oldest(block: Block, protocols: { readonly [attribute: string]: TlsVersion }): Fact<TlsVersion> {
  const all = Object.entries(protocols).map(([name, version]) => ({ version, one: switched(block, name, false) }));
  const chosen = all.find(({ one }) => isOn(one)) ?? all.find(({ one }) => one.state === "unknown");
  if (chosen) return isShown(chosen.one) ? restated(chosen.one, chosen.version) : chosen.one;
  const isSecret = all.some(({ one }) => isSensitive(one));
  return { ...known("TLS 1.2", isSecret), ...standAt(block, "") };
}

export const backendTlsOf = (service: Resource): Fact<TlsVersion> => oldest(securityOf(service), backendProtocols);

export const frontendOf = (
  service: Resource,
): Pick<Endpoint, "minimumTls" | "forwardSecrecy" | "aeadOnly" | "ecdheAes" | "httpVersions"> => ({
  minimumTls: oldest(securityOf(service), frontendProtocols),
  ...suitesOf(service),
  httpVersions: mapped(switched(service.block("protocols", { computed: true }), "http2_enabled", true), (isSpoken) =>
    isSpoken ? ["HTTP/1.1", "HTTP/2"] : ["HTTP/1.1"],
  ),
});

function suitesOf(service: Resource): Pick<Endpoint, "forwardSecrecy" | "aeadOnly" | "ecdheAes"> {
  const security = securityOf(service);
  const weak = Object.entries(cipherSwitches)
    .filter(([, suite]) => !suiteOf(suite)?.forwardSecret)
    .map(([name]) => switched(security, name, false));
  const on = weak.find(isOn);
  const tier = tierOf(service);
  const open = tier.state === "unknown" ? tier : weak.find((one) => one.state === "unknown");
  const strong: Fact<boolean> = { ...known(true, weak.some(isSensitive)), ...standAt(security, "") };
  return {
    forwardSecrecy: on && isShown(on) ? restated(on, false) : open?.state === "unknown" ? open : strong,
    aeadOnly:
      tier.state === "unknown" ? tier : fixed(service, false, text`suites with CBC are among those that are always on`),
    ecdheAes: tier.state === "unknown" ? tier : always(service, true, text`suites with ECDHE and AES are always on`),
  };
}

/** Developer_1; unknown for a tier whose suites cannot be switched. */
function tierOf(service: Resource): Fact<string> {
  const stand = standAt(service, "sku_name");
  const sku = service.value("sku_name");
  if (!isShown(sku))
    return { ...unknown(because`sku_name decides on the cipher suites, and the plan does not show it`), ...stand };
  const [tier = ""] = String(sku.value).split("_");
  const fixed = lookUp(fixedTiers, tier);
  if (fixed === undefined) return { ...known(tier), ...stand };
  const shown = valueText({ ...sku, value: fixed }, undefined);
  const which = shown === undefined ? text`its tier` : text`tier ${shown}`;
  const note = text`the cipher suites of ${which} are fixed, and Microsoft does not list them`;
  return { ...unknown({ reason: "undocumented", note }), ...stand };
}
