// A registry in an S3 bucket. Conditional writes keep two publishers from overwriting each other.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html

import type * as S3 from "@aws-sdk/client-s3";
import { InputError } from "../input-error.ts";
import { load } from "../load.ts";
import { cacheControlOf, contentTypeOf, type Store } from "./store.ts";

/** The write met a file that is there already, or is another than the one that was read. */
const conflicts = new Set(["PreconditionFailed", "ConditionalRequestConflict"]);

/** `s3://BUCKET/PREFIX`; credentials and region come from where the AWS SDK looks for them. */
export function s3Store(address: string, environment: NodeJS.ProcessEnv): Store {
  const { bucket, prefix } = parseS3Address(address);
  const { S3Client, GetObjectCommand, PutObjectCommand } = loadSdk();
  // An endpoint of one's own, such as a test double, is reached by path: it has no DNS for buckets.
  const forcePathStyle = Boolean(environment.AWS_ENDPOINT_URL ?? environment.AWS_ENDPOINT_URL_S3);
  const client = new S3Client({ forcePathStyle });
  const keyOf = (path: string) => `${prefix}${path}`;

  async function put(
    path: string,
    content: Buffer,
    condition: { IfNoneMatch: "*" } | { IfMatch: string },
  ): Promise<boolean> {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(path),
          Body: content,
          ContentType: contentTypeOf(path),
          CacheControl: cacheControlOf(path),
          ...condition,
        }),
      );
      return true;
    } catch (error) {
      if (conflicts.has(nameOf(error))) return false;
      // The file that was read has been deleted since.
      if ("IfMatch" in condition && nameOf(error) === "NoSuchKey") return false;
      throw failure(error, `${path} could not be written to ${address}`);
    }
  }

  return {
    name: address,
    read: async (path) => {
      try {
        const { Body, ETag = "" } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(path) }));
        return { content: Buffer.from((await Body?.transformToByteArray()) ?? []), tag: ETag };
      } catch (error) {
        if (nameOf(error) === "NoSuchKey") return undefined;
        throw failure(error, `${path} could not be read from ${address}`);
      }
    },
    create: (path, content) => put(path, content, { IfNoneMatch: "*" }),
    replace: (path, content, tag) => put(path, content, tag === undefined ? { IfNoneMatch: "*" } : { IfMatch: tag }),
  };
}

/** The prefix ends in a slash, unless it is empty. Throws an InputError for anything but s3://BUCKET[/PREFIX]. */
export function parseS3Address(address: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = "", path = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(address) ?? [];
  if (bucket === "")
    throw new InputError(`${JSON.stringify(address)} is not the address of a bucket.`, "s3://BUCKET/PREFIX");
  const prefix = path.replace(/^\/+|\/+$/g, "");
  return { bucket, prefix: prefix === "" ? "" : `${prefix}/` };
}

function loadSdk(): typeof S3 {
  try {
    return load("@aws-sdk/client-s3") as typeof S3;
  } catch {
    throw new InputError(
      "Publishing to S3 needs the AWS SDK, which is not installed.",
      "npm install @aws-sdk/client-s3, where tlsgate is installed",
    );
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** The service's own words can hold a key id: its error code says enough. */
const failure = (error: unknown, what: string): InputError =>
  new InputError(`${what} (${nameOf(error) || "unknown error"}).`, "check the bucket, the region and the credentials");
