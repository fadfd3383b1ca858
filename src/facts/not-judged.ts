// Which resource types may serve HTTPS although no adapter reads them: what a provider's table of them is.

import type { Resource } from "../plan/view.ts";

/**
 * Resource types that may serve HTTPS and are not judged, each with a short noun phrase of what it is.
 *
 * A type is in the table if a resource of it answers HTTP or HTTPS at an address of its own, or holds further resources
 * that may (a template, a chart). Not in it are machines and clusters, on which anything may listen, and the APIs of a cloud
 * itself, such as key vaults and registries, whose TLS no setting changes.
 */
export interface NotJudgedTypes {
  readonly [type: string]: string | NotJudgedType;
}

/** A type of which only some resources may serve HTTPS. */
export interface NotJudgedType {
  /** What such resources are, as a noun phrase. */
  readonly what: string;
  /**
   * What this resource is; undefined where the plan shows that it serves no HTTPS, or that an adapter judges all that it
   * serves. Never a value from the plan, which may be sensitive.
   */
  readonly kindOf: (resource: Resource) => string | undefined;
}
