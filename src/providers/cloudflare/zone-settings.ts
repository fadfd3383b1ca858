// The settings of a zone → facts: cloudflare_zone_setting (provider 5) and cloudflare_zone_settings_override (provider 4).
// https://developers.cloudflare.com/api/resources/zones/subresources/settings/

import { because, type Cause, notSet } from "../../cause.ts";
import type { TlsVersion } from "../../facts/endpoint.ts";
import {
  all,
  causeOf,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  mapped,
  type Reading,
  standAt,
  unknown,
  unrecognised,
} from "../../facts/fact.ts";
import { suggestSuite, suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, quotedText, text } from "../../text.ts";
import {
  cipherSuites,
  encryptionModes,
  judgedSettings,
  minimumTlsVersions,
  modernSuites,
  type SettingId,
  suggestMode,
  suggestSwitch,
  switches,
} from "./zone-values.ts";
import { membersOf, type Zone } from "./zones.ts";

/** Where a setting is written. */
export interface Setting {
  readonly block: Block;
  readonly attribute: string;
  /** Why its value does not count: its id is not the setting's. */
  readonly misspelt?: Fact<never> | undefined;
  /** Why it is not known although nothing is written: the zone keeps the value that it has. */
  readonly kept?: Cause | undefined;
}

/** Each place where a setting of the zone is written; with several, the one that is applied last counts. */
export function settingsOf(zone: Zone, id: SettingId): Setting[] {
  const single = membersOf(zone, "cloudflare_zone_setting").flatMap((block): Setting[] => {
    const written = block.value("setting_id");
    if (!isShown(written)) return [];
    if (written.value === id) return [{ block, attribute: "value" }];
    if (!isMeantFor(String(written.value), id)) return [];
    const name = quotedText(written, text`a sensitive value`);
    const cause = because`${name} is not a setting of Cloudflare's; its name suggests "${id}"`;
    return [{ block, attribute: "value", misspelt: { ...unknown(cause), ...standAt(block, "setting_id", id) } }];
  });
  const overrides = overridesOf(zone)
    .map((block): Setting => ({ block, attribute: id }))
    .filter(({ block, attribute }) => block.value(attribute).state !== "absent");
  const written = [...single, ...overrides];
  return written.length > 0 || zone.isNew ? written : keptSettings(zone, id);
}

/** The provider reads all settings of a zone into an override, those too that it does not write. */
const keptSettings = (zone: Zone, id: SettingId): Setting[] =>
  overridesOf(zone)
    .filter((block) => block.planned(id) === undefined)
    .map((block) => {
      const kept = because`${nameText(id)} is not set, and the value that the zone keeps is known after apply`;
      return { block, attribute: id, kept };
    });

const isMeantFor = (name: string, id: SettingId): boolean =>
  !publishedIds.test(name) && !Object.hasOwn(judgedSettings, name) && judgedSettings[id].test(name.toLowerCase());

/** Settings that are no other's misspelling. */
const publishedIds = /^(tls_1_3|tls_1_2_only|tls_client_auth|ssl_recommender|ssl_automatic_mode|http3|0rtt)$/;

const overridesOf = (zone: Zone): Block[] =>
  membersOf(zone, "cloudflare_zone_settings_override").map((override) => override.block("settings"));

type Kind<T> = Omit<Reading<T>, "absent">;

export const readSetting = <T>({ block, attribute, misspelt, kept }: Setting, kind: Kind<T>): Fact<T> =>
  misspelt ??
  (kept
    ? { ...unknown(kept), ...standAt(block, attribute, kind.remedy) }
    : fact(block, attribute, { ...kind, absent: { unknown: notSet(attribute) } }));

/** What a new zone does where nothing is written; nothing for one that exists, as it may be set anywhere. */
export function defaultOf<T>(zone: Zone, id: SettingId, value: T, remedy?: Reading<T>["remedy"]): Fact<T>[] {
  if (!zone.isNew || !zone.resource) return [];
  const [override] = overridesOf(zone);
  const stand = override ? standAt(override, id, remedy) : standAt(zone.resource, "");
  const maybe = doubtfulSettings(zone);
  if (maybe)
    return [{ ...unknown(because`${nameText(maybe.address)} may set ${id}: the plan does not tell`), ...stand }];
  return [{ ...known(value), ...stand, note: text`${id} is not set, so Cloudflare's default applies` }];
}

/** One that may be for this zone, or any of its settings. */
const doubtfulSettings = ({ members, doubtful }: Zone): Resource | undefined =>
  doubtful.find(({ type }) => /^cloudflare_zone_setting/.test(type)) ??
  members.find((one) => one.type === "cloudflare_zone_setting" && one.value("setting_id").state === "unknown");

export const minimumTls: Kind<TlsVersion> = {
  read: readMinimumTls,
  remedy: "1.2",
  stricter: ["1.3"],
  suggests: suggestTls,
};

/** Terraform writes 1.0 as the number 1. Cloudflare documents texts only: of a number no more is taken than that it is too old. */
function readMinimumTls(value: unknown): TlsVersion | undefined {
  if (typeof value === "number") return value < 1.2 ? lookUp(minimumTlsVersions, value.toFixed(1)) : undefined;
  return lookUp(minimumTlsVersions, value);
}

export const encryptionMode: Kind<(typeof encryptionModes)[string]> = {
  read: (value) => lookUp(encryptionModes, value),
  remedy: "strict",
  suggests: suggestMode,
};

export const switched: Kind<boolean> = {
  read: (value) => lookUp(switches, value),
  remedy: "on",
  suggests: suggestSwitch,
};

/** By a setting of HTTP/2. */
export const httpVersionsBy = (setting: Setting): Fact<readonly string[]> =>
  mapped(readSetting(setting, switched), (isOn) => (isOn ? withHttp2 : ["HTTP/1.1"]));

export const withHttp2: readonly string[] = ["HTTP/1.1", "HTTP/2"];

/** Each version that is written for the zone, or what a new zone accepts. */
export function minimumTlsOf(zone: Zone): Fact<TlsVersion>[] {
  const written = settingsOf(zone, "min_tls_version").map((setting) => readSetting(setting, minimumTls));
  // https://developers.cloudflare.com/ssl/reference/protocols/
  return written.length > 0 ? written : defaultOf<TlsVersion>(zone, "min_tls_version", "TLS 1.0", "1.2");
}

export interface Suites {
  readonly forwardSecrecy: Fact<boolean>;
  readonly aeadOnly: Fact<boolean>;
  readonly ecdheAes: Fact<boolean>;
}

/** All that Cloudflare supports, RSA key transport and CBC among it, is the default (page of `cipherSuites`). */
export function suitesOf(zone: Zone): Suites[] {
  const written = settingsOf(zone, "ciphers").map((setting) => suitesIn(setting) ?? allSuites(setting));
  const legacy = defaultOf(zone, "ciphers", false, modernSuites).map((one) => ({
    forwardSecrecy: one,
    aeadOnly: one,
    ecdheAes: mapped(one, () => true),
  }));
  return written.length > 0 ? written : legacy;
}

/** An empty list takes the default back. */
function allSuites({ block, attribute }: Setting): Suites {
  const none: Fact<boolean> = {
    ...known(false),
    ...standAt(block, attribute, modernSuites),
    note: text`an empty list means all cipher suites that Cloudflare supports`,
  };
  return { forwardSecrecy: none, aeadOnly: none, ecdheAes: mapped(none, () => true) };
}

/** What a list of suites allows up to TLS 1.2; nothing without a list. */
export function suitesIn({ block, attribute, misspelt, kept }: Setting): Suites | undefined {
  const stand = standAt(block, attribute, modernSuites);
  const list = block.whole(attribute);
  const open =
    misspelt ??
    (kept && { ...unknown(kept), ...stand }) ??
    (isShown(list) && !Array.isArray(list.value) && { ...unrecognised(list), ...stand });
  if (open) return { forwardSecrecy: open, aeadOnly: open, ecdheAes: open };
  const facts = block.elements(attribute).map((element): Fact<(typeof cipherSuites)[string]> => {
    if (!isShown(element)) return { ...unknown(causeOf(element)), ...stand };
    const suite = lookUp(cipherSuites, element.value);
    return suite ? { ...element, value: suite, ...stand } : { ...unrecognised(element, suggestSuite), ...stand };
  });
  const [first, ...others] = facts;
  if (!first) return undefined;
  const every = (holds: (suite: (typeof cipherSuites)[string]) => boolean) =>
    all(mapped(first, holds), ...others.map((one) => mapped(one, holds)));
  const [forwardSecrecy, aeadOnly] = [every((suite) => suite.forwardSecrecy), every((suite) => suite.aeadOnly)];
  return { forwardSecrecy, aeadOnly, ecdheAes: offeredBy(facts) ?? { ...unknown(only13), ...stand } };
}

/** The list does not take away TLS 1.3, which the zone switches on or off by a setting of its own. */
const only13 = because`the list has no suite of ECDHE with AES, and the plan does not show whether TLS 1.3 is on`;

/** One suite that is shown is enough, whatever the others turn out to be. */
function offeredBy(suites: readonly Fact<(typeof cipherSuites)[string]>[]): Fact<boolean> | undefined {
  const found = suites.find((one) => isShown(one) && one.value.ecdheAes);
  return found ? mapped(found, () => true) : suites.find((one): one is Fact<never> => one.state === "unknown");
}

/** TLS 1.3 has forward secret AEAD suites alone, whatever the list says (RFC 8446). */
export function suitesFrom(minimum: Fact<TlsVersion> | undefined, suites: Suites | undefined): Partial<Suites> {
  if (!minimum || !isShown(minimum) || minimum.value !== "TLS 1.3") return suites ?? {};
  const strong = mapped(minimum, () => true);
  return { forwardSecrecy: strong, aeadOnly: strong, ecdheAes: strong };
}
