// The model of storage: what holds objects or files that clients read and write over HTTP, whichever cloud it is.

import type { Fact } from "./fact.ts";

/**
 * A bucket, or a storage account. It is no endpoint: browsers visit the website or the CDN in front of it, and those are
 * judged as endpoints. Only storage of a cloud that documents how plain HTTP is refused is in the model: OCI Object
 * Storage, DigitalOcean Spaces and Cloudflare R2 document no setting for it.
 * https://docs.digitalocean.com/products/spaces/how-to/configure-bucket-policies/
 * https://developers.cloudflare.com/r2/buckets/public-buckets/
 */
export interface ObjectStore {
  /** Address of the resource that makes it, or of the policy that decides about it. */
  readonly address: string;
  /** What it is, for people: "S3 bucket". */
  readonly kind: string;
  /** Whether every request over plain HTTP is refused, whoever sends it. */
  readonly refusesPlainHttp: Fact<boolean>;
}
