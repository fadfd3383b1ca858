// A value that only `Unsafe` gives out.

import type { Waiver } from "./waiver.ts";

type Kind = "viewer-protocol" | "viewer-tls" | "provider-certificate" | "listener-tls" | "hsts-subdomains";

/** A value that only `Unsafe` gives out, with the waivers that it took. */
export class Opened<K extends Kind, Value = string> {
  readonly kind: K;
  readonly value: Value;
  readonly waivers: readonly Waiver[];
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  /** @internal */
  constructor(kind: K, value: Value, waivers: readonly Waiver[]) {
    this.kind = kind;
    this.value = value;
    this.waivers = waivers;
  }
}
