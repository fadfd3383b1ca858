// The origins of a distribution → upstreams: the protocol and the TLS floor of each hop.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html

import { notSet } from "../../cause.ts";
import { type Route, type TlsVersion, tlsVersions, type Upstream } from "../../facts/endpoint.ts";
import {
  causeOf,
  type Decided,
  type Fact,
  fact,
  isShown,
  known,
  lookUp,
  standAt,
  together,
  unknown,
  unrecognised,
  type Value,
  valueText,
} from "../../facts/fact.ts";
import { throughLink } from "../../facts/service.ts";
import { suggestTls } from "../../facts/suggest.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";
import { isS3Website, originProtocols, originTlsVersions } from "./cloudfront-values.ts";

/** Origins that a behavior leads to, or may. `idAttribute`: what an origin and a group are named by. */
export function upstreamsOf(
  distribution: Resource,
  behaviors: readonly Block[],
  routes: readonly Route[],
  idAttribute: "origin_id" | "id" = "origin_id",
): Upstream[] {
  const groups = distribution.blocks("origin_group", { set: true });
  const targets = behaviors.map((behavior) => behavior.value("target_origin_id"));
  const isOpen =
    targets.length === 0 ||
    [...targets, ...groups.map((group) => group.value(idAttribute))].some((one) => !isShown(one));
  return distribution.blocks("origin", { set: true }).flatMap((origin): Upstream[] => {
    const id = origin.value(idAttribute);
    const groupIds = groups.filter((group) => hasMember(group, id)).map((group) => group.value(idAttribute));
    const leading = routes.filter((_, index) => [id, ...groupIds].some((one) => isSame(one, targets[index])));
    // One that no behavior leads to carries no traffic.
    if (leading.length === 0 && isShown(id) && !isOpen) return [];
    const name = valueText(id, nameText(origin.at));
    return [{ name, reach: reachOf(origin), routes: leading.map(({ path }) => path), ...hopTo(origin) }];
  });
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html */
const reachOf = (origin: Block): Upstream["reach"] =>
  origin.block("vpc_origin_config").presence === "present" ? "private" : "public";

const hasMember = (group: Block, id: Value): boolean =>
  group.blocks("member").some((member) => isSame(member.value("origin_id"), id));

const isSame = (one: Value, other: Value | undefined): boolean =>
  isShown(one) && other !== undefined && isShown(other) && one.value === other.value;

function hopTo(origin: Block): Pick<Upstream, "protocol" | "minimumTls"> {
  const website = websiteOrigin(origin);
  if (website) return { protocol: website };
  const custom = origin.block("custom_origin_config");
  if (custom.presence !== "absent") return customHop(custom, "origin_ssl_protocols");
  const vpc = origin.block("vpc_origin_config");
  if (vpc.presence !== "absent") return vpcHop(vpc);
  // A bucket's own endpoint takes TLS 1.2 or newer whatever the plan says (AWS, "Infrastructure security in Amazon S3").
  const note = text`CloudFront asks an S3 bucket in the protocol that the viewer used`;
  return { protocol: { ...known("viewer"), ...standAt(origin, "domain_name"), note } };
}

function websiteOrigin(origin: Block): Upstream["protocol"] | undefined {
  const host = origin.value("domain_name");
  const stand = { ...standAt(origin, "domain_name"), note: text`an S3 website endpoint answers plain HTTP only` };
  if (isShown(host)) return isS3Website(String(host.value)) ? { ...host, value: "http", ...stand } : undefined;
  const website = ["website_endpoint"];
  const link = origin.link("domain_name", { aws_s3_bucket: website, aws_s3_bucket_website_configuration: website });
  // A bucket has other host names too, and where the plan hides the attribute, the origin's own settings tell which.
  return link.state === "found" && !link.hidesAttribute ? { ...known("http"), ...stand } : undefined;
}

function customHop(block: Block, tlsAttribute: string): Pick<Upstream, "protocol" | "minimumTls"> {
  const protocol = fact(block, "origin_protocol_policy", {
    read: (value) => lookUp(originProtocols, value),
    absent: { unknown: notSet("origin_protocol_policy") },
    remedy: "https-only",
  });
  const plain = isShown(protocol) && protocol.value === "http";
  return plain ? { protocol } : { protocol, minimumTls: oldestOf(block, tlsAttribute) };
}

function vpcHop(config: Block): Pick<Upstream, "protocol" | "minimumTls"> {
  const targets = { aws_cloudfront_vpc_origin: ["id"] };
  const of = <T>(read: (endpoint: Block) => Fact<T>): Fact<T> =>
    throughLink(config, "vpc_origin_id", targets, text`the VPC origin`, (origin) =>
      read(origin.block("vpc_origin_endpoint_config")),
    );
  const protocol = of((endpoint) => customHop(endpoint, "").protocol);
  if (isShown(protocol) && protocol.value === "http") return { protocol };
  return { protocol, minimumTls: of((endpoint) => oldestOf(endpoint.block("origin_ssl_protocols"), "items")) };
}

/** The oldest version of a list that offers each of its versions. */
function oldestOf(block: Block, attribute: string): Fact<TlsVersion> {
  const stand = standAt(block, attribute, ["TLSv1.2"]);
  const versions = block.elements(attribute).map((value): Decided<TlsVersion> => {
    if (!isShown(value)) return unknown(causeOf(value));
    const version = lookUp(originTlsVersions, value.value);
    return version ? { ...value, value: version } : unrecognised(value, suggestTls);
  });
  if (versions.length === 0) return { ...unknown(notSet(stand.place.at)), ...stand };
  const oldest = (list: readonly TlsVersion[]) => tlsVersions.find((version) => list.includes(version)) ?? "SSLv3";
  const shown = versions.filter(isShown);
  const shownOldest = oldest(shown.map((one) => one.value));
  // An old version that is shown stays offered, whatever the others turn out to be.
  if (
    shown.length > 0 &&
    shown.length < versions.length &&
    tlsVersions.indexOf(shownOldest) < tlsVersions.indexOf("TLS 1.2")
  ) {
    return { ...together(...shown), value: shownOldest, ...stand } as Fact<TlsVersion>;
  }
  const all = together<TlsVersion[]>(...versions);
  return all.state === "unknown" ? { ...all, ...stand } : { ...all, value: oldest(all.value), ...stand };
}
