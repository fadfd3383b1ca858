// Waivers that a plan itself holds, as the constructs have written them.

import { modulePrefix, parseAddress, parseModuleAddress } from "../plan/address.ts";
import { maskAt, masksAny } from "../plan/mask.ts";
import type { Instance, Mask, Plan } from "../plan/plan.ts";
import { withoutKey } from "./address-glob.ts";
import { type MalformedWaiver, readWaiver, split, type Waiver, type Waivers } from "./waivers.ts";

const recordName = "tlsgate_waivers";

/** An instance of `terraform_data.tlsgate_waivers`, and the prefix of the module that it is in. */
interface Holder {
  readonly instance: Instance;
  readonly prefix: string;
}

/**
 * The waivers that the constructs have written into a plan, each for one value of one attribute of one resource.
 * `moment` "before": those that have been applied already, which this change cannot have added. A data source is never
 * applied.
 */
export function planWaivers({ instances }: Plan, policies: readonly string[], moment: "before" | "after"): Waivers {
  const holders = instances.filter(
    ({ mode, type, name }) => mode === "managed" && type === "terraform_data" && name === recordName,
  );
  const read = holders.flatMap((instance) => {
    const holder = { instance, prefix: modulePrefix(parseModuleAddress(instance.moduleAddress)) };
    return entriesOf(instance, moment).map((entry): Waiver | MalformedWaiver => {
      const waiver = plannedWaiver(entry, holder, policies);
      if ("problem" in waiver || moment === "after" || isOfOld(waiver, holder, instances)) return waiver;
      return malformed(entry, "it has been moved here, without what it names");
    });
  });
  return split(read);
}

/** One entry of the list of waivers. */
interface Entry {
  readonly value: unknown;
  readonly isSensitive: boolean;
  /** Which of its attributes are known after apply. */
  readonly unknown: Mask;
  readonly address: string;
  readonly writtenIn: string;
}

function entriesOf({ address, ...instance }: Instance, moment: "before" | "after"): Entry[] {
  const { values, sensitive = false, unknown = false } = instance[moment] ?? {};
  const input = values?.input ?? [];
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  // The masks of a waiver that stands alone are those of the attribute itself.
  const maskOf = (mask: Mask, index: number) => {
    const whole = maskAt(mask, "input");
    return Array.isArray(input) ? maskAt(whole, index) : whole;
  };
  return list.map((value, index) => ({
    value,
    isSensitive: masksAny(maskOf(sensitive, index)),
    unknown: maskOf(unknown, index),
    address,
    writtenIn: `${address} (waiver ${index + 1})`,
  }));
}

/** Reported at the address of what holds it, as what it names itself can be anything. */
const malformed = ({ address, writtenIn }: Entry, problem: string): MalformedWaiver => ({
  problem,
  address,
  file: address,
  writtenIn,
  fix: "Write it with rule, resource, attribute, fingerprint, reason, owner and until, as the constructs do.",
});

/** The constructs' words for what a waiver must have; its fingerprint is checked separately. */
const required = ["rule", "resource", "attribute", "reason", "owner", "until"] as const;

function plannedWaiver(entry: Entry, { prefix }: Holder, policies: readonly string[]): Waiver | MalformedWaiver {
  const { value, address, writtenIn } = entry;
  if (entry.isSensitive) return malformed(entry, "a part of it is sensitive, and reports show all of a waiver");
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return malformed(entry, "it is not an object");
  const given = value as { readonly [name: string]: unknown };
  const text = (name: string) => (typeof given[name] === "string" ? given[name] : "");
  const missing = required.find((name) => text(name).trim() === "");
  if (missing) return malformed(entry, `${missing} is missing or not a string`);
  const [resource, attribute, fingerprint] = [text("resource"), text("attribute"), text("fingerprint")];
  if (!isResource(resource)) return malformed(entry, "resource must be the address of one resource, without wildcards");
  if (attribute.replaceAll("[*]", "").includes("*")) {
    return malformed(entry, "attribute must be the path of one attribute, without wildcards other than [*]");
  }
  const isLate = maskAt(entry.unknown, "fingerprint") === true;
  if (!isLate && !/^[0-9a-f]{64}$/.test(fingerprint)) {
    return malformed(entry, "fingerprint must be the SHA-256 of rule, attribute and value, in hex");
  }
  const { rule, resource: _r, until, attribute: _a, fingerprint: _f, ...rest } = given;
  const others = Object.fromEntries(Object.entries(rest).filter(([, one]) => one !== null));
  const origin = { file: address, writtenIn };
  const read = readWaiver({ ...others, policy: rule, address: prefix + resource, expires: until }, origin, policies);
  if ("problem" in read) return malformed(entry, read.problem);
  return { ...read, value: { attribute, fingerprint: isLate ? undefined : fingerprint } };
}

/** Whether a text is the address of one resource, or of one of its instances. */
function isResource(text: string): boolean {
  const own = text.slice(modulePrefix(parseModuleAddress(text)).length);
  const steps = parseAddress(withoutKey(own));
  const names = steps.flatMap((step) => ("name" in step ? [step.name] : []));
  return !text.includes("*") && names.length === steps.length && names.length === (names[0] === "data" ? 3 : 2);
}

/** Whether it has named the same before: a change can move what has been applied, to where it would name another. */
function isOfOld(waiver: Waiver, { instance, prefix }: Holder, all: readonly Instance[]): boolean {
  const { address, previousAddress } = instance;
  if (previousAddress === undefined) return true;
  const record = address.slice(prefix.length);
  const from = previousAddress.slice(0, -record.length);
  const named = all.filter((one) => [one.address, withoutKey(one.address)].includes(waiver.address));
  return (
    previousAddress === from + record &&
    named.every((one) => one.previousAddress === from + one.address.slice(prefix.length))
  );
}
