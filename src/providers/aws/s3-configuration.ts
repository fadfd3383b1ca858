// What S3 resources of their own configure a bucket: its policy, its website.

import { type Resource, type View, writtenBlocks, writtenExpression } from "../../plan/view.ts";

/** What configures a bucket, in resources of one type. */
export interface BucketConfiguration {
  /** Resources of the type that configure this bucket. */
  readonly sure: readonly Resource[];
  /** Those that may: the plan does not show which bucket they configure. */
  readonly possible: readonly Resource[];
  /** The plan deletes the one that there was; the bucket shows what it was until the next refresh. */
  readonly isDeleted: boolean;
}

/** Buckets by what names them; a directory bucket has a policy too. */
const buckets = { aws_s3_bucket: ["id", "bucket"], aws_s3_directory_bucket: ["id", "bucket"] };

/** The bucket that a resource configures, as the plan shows it. */
export const bucketOf = (resource: Resource) => resource.link("bucket", buckets);

interface Index {
  readonly sure: ReadonlyMap<Resource, readonly Resource[]>;
  readonly possible: ReadonlyMap<Resource, readonly Resource[]>;
  readonly anywhere: readonly Resource[];
  /** Names of the buckets that lose theirs. */
  readonly deleted: ReadonlySet<unknown>;
}

const indexes = new WeakMap<View, Map<string, Index>>();

/** The resources of a type that configure a bucket, or may. */
export function configurationOf(type: string, bucket: Resource): BucketConfiguration {
  const { view } = bucket.scope;
  const byType = indexes.get(view) ?? new Map<string, Index>();
  indexes.set(view, byType);
  const index = byType.get(type) ?? indexOf(type, view);
  byType.set(type, index);
  return {
    sure: index.sure.get(bucket) ?? [],
    possible: [...(index.possible.get(bucket) ?? []), ...index.anywhere],
    isDeleted: ["bucket", "id"].some((name) => index.deleted.has(bucket.planned(name))),
  };
}

/**
 * A bucket's own attribute or block, where it is the bucket's and not that of a resource which the plan deletes: a bucket
 * shows what other resources gave it, as it was before.
 */
export function isOwn(attribute: string, type: string, bucket: Resource): boolean {
  const { sure, isDeleted } = configurationOf(type, bucket);
  const isWritten = writtenExpression(bucket, attribute) !== undefined || writtenBlocks(bucket, attribute).length > 0;
  return sure.length === 0 && (isWritten || !isDeleted);
}

function indexOf(type: string, view: View): Index {
  const sure = new Map<Resource, Resource[]>();
  const possible = new Map<Resource, Resource[]>();
  const anywhere: Resource[] = [];
  for (const resource of view.resources(type)) {
    const link = bucketOf(resource);
    if (link.state === "unknown") anywhere.push(resource);
    if (link.state !== "found") continue;
    const map = link.resources.length === 1 ? sure : possible;
    for (const one of link.resources) map.set(one, [...(map.get(one) ?? []), resource]);
  }
  const gone = view.moment === "before" ? [] : view.plan.instances.filter((one) => one.type === type && !one.after);
  const deleted = new Set(gone.flatMap(({ before }) => (before?.values.bucket ? [before.values.bucket] : [])));
  return { sure, possible, anywhere, deleted };
}
