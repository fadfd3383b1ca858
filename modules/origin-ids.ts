// What an origin is called within its distribution: by what it is, so that no other origin and no order changes its name.

import type { Construct } from "constructs";
import { shortHash } from "./hashed-name.ts";
import type { Origin } from "./origin.ts";
import { nameOf, stableText } from "./stable-name.ts";
import { expressionOf } from "./token.ts";

/** CloudFront's limit (AWS, "Origin" of the CloudFront API: Id). */
const longest = 128;

/** The origins of a distribution by their ids: one with the same settings is listed once. */
export class OriginIds {
  readonly #owner: Construct;
  readonly #origins = new Map<string, { readonly origin: Origin; readonly content: string }>();
  readonly #errors = new Set<string>();

  constructor(owner: Construct) {
    this.#owner = owner;
  }

  /** The id of an origin, which is listed from now on. */
  of(origin: Origin): string {
    if (origin.kind.kind === "failover") for (const member of origin.kind.members) this.of(member);
    const id = idOf(this.#owner, origin);
    const content = JSON.stringify(contentOf(this.#owner, origin));
    const known = this.#origins.get(id);
    if (known === undefined) this.#origins.set(id, { origin, content });
    else if (known.content !== content) {
      this.#errors.add(
        `Two origins with different settings are called ${id}: give one of them a name of its own, { id: "…" }.`,
      );
    }
    return id;
  }

  /** What is wrong with the ids. */
  errors(): readonly string[] {
    return [...this.#errors];
  }

  /** All of them. */
  all(): Origin[] {
    return [...this.#origins.values()].map(({ origin }) => origin);
  }

  /** All but the pairs. */
  single(): [Origin, string][] {
    return [...this.#origins].flatMap(([id, { origin }]) => (origin.kind.kind === "failover" ? [] : [[origin, id]]));
  }

  pairs() {
    return [...this.#origins].flatMap(([originId, { origin }]) =>
      origin.kind.kind === "failover"
        ? [
            {
              originId,
              failoverCriteria: { statusCodes: [...origin.kind.statusCodes] },
              member: origin.kind.members.map((member) => ({ originId: this.of(member) })),
            },
          ]
        : [],
    );
  }
}

function idOf(owner: Construct, { kind, options }: Origin): string {
  if (options.id !== undefined) return options.id;
  const port = options.port === undefined || options.port === 443 ? "" : `:${stableText(owner, options.port)}`;
  const rest = `${port}${stableText(owner, options.path ?? "")}`;
  switch (kind.kind) {
    case "s3":
      return shortened(`s3-${nameOf(owner, kind.bucket, kind.bucket.bucketRegionalDomainName)}${rest}`);
    case "lambda":
      return shortened(`lambda-${nameOf(owner, kind.url, kind.url.functionName)}${rest}`);
    case "custom":
      return shortened(`${kind.protocol.replace("-only", "")}-${nameOf(owner, {}, kind.domain)}${rest}`);
    case "vpc":
      return shortened(`vpc-${nameOf(owner, {}, kind.domain)}${rest}`);
    case "failover":
      return shortened(["failover", ...kind.members.map((member) => idOf(owner, member))].join("-"));
  }
}

/** What tells an origin from others, without its tokens' numbers. */
function contentOf(owner: Construct, { kind, options }: Origin): unknown {
  switch (kind.kind) {
    case "s3":
      return [nameOf(owner, kind.bucket, kind.bucket.bucketRegionalDomainName), expressionOf(owner, options)];
    case "lambda":
      return [nameOf(owner, kind.url, kind.url.functionName), expressionOf(owner, options)];
    case "failover":
      return [kind.members.map((member) => contentOf(owner, member)), kind.statusCodes];
    default:
      return expressionOf(owner, [kind, options]);
  }
}

const shortened = (id: string): string => (id.length <= longest ? id : `${id.slice(0, longest - 11)}-${shortHash(id)}`);
