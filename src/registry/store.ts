// Where a registry's files are: a directory or a bucket. Files are created once; a few are replaced, never blindly.

import { InputError } from "../input-error.ts";

export interface StoredFile {
  readonly content: Buffer;
  /** Changes with the content. */
  readonly tag: string;
}

export interface Store {
  /** For people: a directory or an s3:// address. */
  readonly name: string;
  readonly read: (path: string) => Promise<StoredFile | undefined>;
  /** Creates a file; false where there is one already. */
  readonly create: (path: string, content: Buffer) => Promise<boolean>;
  /** Replaces a file that has this tag, or creates it where the tag is undefined; false where it has changed since. */
  readonly replace: (path: string, content: Buffer, tag: string | undefined) => Promise<boolean>;
}

/** How often a replacement is tried while others replace the same file. */
const attempts = 20;

/**
 * Makes a file's next content from its present one, again for each change that comes between; no write when `next` returns
 * the present content.
 */
export async function update(
  store: Store,
  path: string,
  next: (present: Buffer | undefined) => Buffer | Promise<Buffer>,
): Promise<Buffer> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const present = await store.read(path);
    const content = await next(present?.content);
    if (present?.content.equals(content)) return content;
    if (await store.replace(path, content, present?.tag)) return content;
    // Others are faster: each waits a different time.
    await new Promise((resolve) => setTimeout(resolve, 20 * (attempt + 1) * Math.random()));
  }
  throw new InputError(`${path} in ${store.name} is being changed by others all the time.`, "the same once more");
}

/** Creates a file, or finds it as it is to be. Throws an InputError where it has other content. */
export async function createOnce(store: Store, path: string, content: Buffer): Promise<"created" | "same"> {
  if (await store.create(path, content)) return "created";
  const present = await store.read(path);
  if (present?.content.equals(content)) return "same";
  throw new InputError(
    `${path} is in ${store.name} already, with other content: a version is published once.`,
    "a new version",
  );
}

/** What a browser and Terraform make of a file. The names with an ending of their own are Terraform's. */
export function contentTypeOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "versions" || name === "download" || name.endsWith(".json")) return "application/json";
  if (name.endsWith(".jsonl")) return "application/jsonl";
  if (name.endsWith(".tar.gz")) return "application/gzip";
  if (name.endsWith(".html")) return "text/html; charset=utf-8";
  if (name.endsWith(".svg")) return "image/svg+xml";
  return "text/plain; charset=utf-8";
}

/** A package never changes; the rest says what is new within a minute. In the words of Cache-Control (RFC 9111). */
export const cacheControlOf = (path: string): string =>
  /(?:\.tar\.gz|SHA256SUMS|\/download)$/.test(path) ? "public, max-age=31536000, immutable" : "public, max-age=60";
