// Waivers that a plan itself holds, as the constructs have written them.

import { modulePrefix, parseModuleAddress } from "../plan/address.ts";
import type { Instance, Plan } from "../plan/plan.ts";
import { addressMatcher } from "./address-glob.ts";
import { readWaiver, split, type Waiver, type Waivers } from "./waivers.ts";

const recordName = "tlsgate_waivers";

/**
 * The waivers that the constructs have written into a plan, each for one value at one place. `moment` "before": those
 * that have been applied already, which a change of today cannot have added.
 */
export function planWaivers({ instances }: Plan, policies: readonly string[], moment: "before" | "after"): Waivers {
  const read = instances
    .filter(({ type, name }) => type === "terraform_data" && name === recordName)
    .flatMap((instance) => {
      const { address, moduleAddress } = instance;
      const input = instance[moment]?.values.input;
      if (input === undefined || input === null) return [];
      const entries = Array.isArray(input) ? input : [input];
      const prefix = modulePrefix(parseModuleAddress(moduleAddress));
      return entries.map((entry) => {
        const waiver = recordedWaiver(entry, prefix, address, policies);
        if (moment === "after" || "problem" in waiver || isOfOld(waiver, instance, prefix, instances)) return waiver;
        const problem = "it has been moved here, without what it names";
        return { problem, address: waiver.address, file: address, writtenIn: address };
      });
    });
  return split(read);
}

/** Whether it has named the same before: a change can move what has been applied, to where it would name another. */
function isOfOld(waiver: Waiver, { address, previousAddress }: Instance, prefix: string, all: readonly Instance[]) {
  if (previousAddress === undefined) return true;
  const record = address.slice(prefix.length);
  const from = previousAddress.slice(0, -record.length);
  const isNamed = addressMatcher(waiver.address);
  const named = all.filter((one) => isNamed(one.address));
  return (
    previousAddress === from + record &&
    named.every((one) => one.previousAddress === from + one.address.slice(prefix.length))
  );
}

/** The constructs' words: `rule`, `resource`, `until`. */
function recordedWaiver(entry: unknown, prefix: string, writtenIn: string, policies: readonly string[]) {
  const { rule, resource, until, attribute, fingerprint, ...rest } = (entry ?? {}) as {
    readonly [name: string]: unknown;
  };
  const given = Object.entries(rest).filter(([, value]) => value !== null);
  const read = readWaiver(
    { policy: rule, address: `${prefix}${resource}`, expires: until, ...Object.fromEntries(given) },
    { file: writtenIn, writtenIn },
    policies,
  );
  if ("problem" in read) return read;
  if (typeof attribute !== "string")
    return { problem: "attribute is missing", address: read.address, file: writtenIn, writtenIn };
  return { ...read, attribute, fingerprint: typeof fingerprint === "string" ? fingerprint : undefined };
}
