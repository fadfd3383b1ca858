// How Cloudflare speaks to what stands behind it, by the encryption mode of a zone, of some requests, or of an application.
// https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/

import { because } from "../../cause.ts";
import type { Upstream } from "../../facts/endpoint.ts";
import { type Fact, isShown, mapped, standAt, unknown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import { encryptionMode, readSetting, settingsOf } from "./zone-settings.ts";
import type { encryptionModes } from "./zone-values.ts";
import type { Zone } from "./zones.ts";

/** How Cloudflare speaks to an origin. */
export type Hop = Pick<Upstream, "certificate"> & { readonly protocol: NonNullable<Upstream["protocol"]> };

const hopBy = (mode: Fact<(typeof encryptionModes)[string]>): Hop => ({
  protocol: mapped(mode, ({ protocol }) => protocol),
  certificate:
    isShown(mode) && mode.value.certificate
      ? mapped(mode, ({ certificate = "not verified" }) => certificate)
      : undefined,
});

/** Where what becomes of plain HTTP is set elsewhere, and told there, a mode is judged by what it makes of HTTPS. */
export const ofHttps = ({ protocol, certificate }: Hop): Hop => ({
  protocol: mapped(protocol, (one) => (one === "viewer" ? "https" : one)),
  certificate,
});

/** The mode that a block sets for some requests. */
export const hopIn = (block: Block, attribute: string): Hop | undefined =>
  block.value(attribute).state === "absent"
    ? undefined
    : ofHttps(hopBy(readSetting({ block, attribute }, encryptionMode)));

/** Each mode that is written for a zone. A new one gets the mode that Cloudflare finds to work, and says so nowhere before. */
export function hopsOf(zone: Zone): Hop[] {
  const written = settingsOf(zone, "ssl").map((setting) => hopBy(readSetting(setting, encryptionMode)));
  if (written.length > 0 || !zone.isNew || !zone.resource) return written;
  const cause = because`ssl is not set, and Cloudflare chooses the encryption mode of a new zone`;
  return [{ protocol: { ...unknown(cause), ...standAt(zone.resource, "") } }];
}
