// Terraform address → construct: its path in the tree, and the places in the source that made it.

import { parseAddress } from "../plan/address.ts";
import { type Frame, isLibrary, parseFrame } from "./frame.ts";

export interface Construct {
  /** Path in the tree of constructs, e.g. `site/cdn/distribution`. */
  readonly path: string;
  /** Places in the user's own source, the innermost first; none where the app was synthesised without tlsgate/trace. */
  readonly frames: readonly Frame[];
}

/**
 * Finds an address in a synthesised stack, the parsed cdk.tf.json. All instances of a resource are one construct, and
 * what stands in a Terraform module belongs to the construct that calls the module.
 */
export function constructAt(stack: unknown, address: string): Construct | undefined {
  const metadata = within(stack, [...elementPath(address), "//", "metadata"]);
  const path = within(metadata, ["path"]);
  const trace = within(metadata, ["stackTrace"]);
  if (typeof path !== "string") return undefined;
  const lines = Array.isArray(trace) ? trace.filter((line) => typeof line === "string") : [];
  return { path, frames: lines.flatMap((line) => parseFrame(line) ?? []).filter((frame) => !isLibrary(frame)) };
}

/** Where Terraform's JSON syntax keeps the element of an address. */
export function elementPath(address: string): string[] {
  const names = parseAddress(address).flatMap((step) => ("name" in step ? step.name : []));
  const [first] = names;
  if (first === "module") return names.slice(0, 2);
  return first === "data" || first === "ephemeral" ? names.slice(0, 3) : ["resource", ...names.slice(0, 2)];
}

const within = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, name) => (typeof at === "object" && at !== null && Object.hasOwn(at, name) ? at[name as never] : undefined),
    value,
  );
