// What a provider's adapter is: resources of some types in; endpoints, certificates or object stores out.

import type { ComputedAttributes } from "../plan/computed-attributes.ts";
import type { Resource } from "../plan/view.ts";
import type { Certificate, Endpoint } from "./endpoint.ts";
import type { NotJudgedType, NotJudgedTypes } from "./not-judged.ts";
import type { ObjectStore } from "./object-store.ts";

export interface Adapter {
  /** `<provider>/<service>`, as its file is named. */
  readonly id: string;
  /** Managed resource types that it reads. */
  readonly resourceTypes: readonly string[];
  /** What a plan of these resources never shows, each in a sentence: docs/providers.md is generated from it. */
  readonly cannotShow?: readonly string[];
  /** The endpoints that a resource makes. */
  readonly endpoints?: (resource: Resource) => readonly Endpoint[];
  /** The certificates that a resource makes, used by an endpoint or not. */
  readonly certificates?: (resource: Resource) => readonly Certificate[];
  /** Which of these resources may serve HTTPS and are not judged, or not wholly; for types that are read in part. */
  readonly notJudged?: NotJudgedType;
  /** The storage that a resource makes, or decides about. */
  readonly objectStores?: (resource: Resource) => readonly ObjectStore[];
}

/** An adapter as it is, checked by its type. */
export const defineAdapter = (adapter: Adapter): Adapter => adapter;

/** An adapter that is loaded for plans with resources of its types alone. */
export interface LateAdapter extends Pick<Adapter, "resourceTypes"> {
  readonly load: () => Promise<{ readonly default: Adapter }>;
}

/** A table of types that are not judged, loaded for plans with types of its prefixes alone. */
export interface LateTable {
  /** First words of its types: "aws". */
  readonly prefixes: readonly string[];
  readonly load: () => Promise<{ readonly notJudged: NotJudgedTypes }>;
}

/** What there is of a provider. */
export interface ProviderRegistry {
  readonly services: readonly LateAdapter[];
  readonly tables: readonly LateTable[];
  readonly computed: readonly (() => Promise<{ readonly computedAttributes: ComputedAttributes }>)[];
}
