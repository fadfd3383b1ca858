// Domain names and hosted zones: which zone a name belongs to, and which record validates it.

import { Token } from "cdktf";
import type { Construct } from "constructs";
import { isToken, tokenErrors } from "./token.ts";

/** A fully qualified domain name, or a wildcard such as `*.example.com`. */
export type Fqdn = `${string}.${string}`;

/** The names of an endpoint; the first is the certificate's subject. */
export type Domains = readonly [Fqdn, ...Fqdn[]];

/** Hosted zones of Route 53: zone name → zone id. A name belongs to the zone with the longest suffix of it. */
export type Zones = Readonly<Record<Fqdn, string>>;

/** The hosted zone of a name; undefined when none of them holds it. */
export function zoneOf(domain: string, zones: Zones): string | undefined {
  const name = withoutWildcard(domain);
  const [zone] = Object.keys(zones)
    .filter((one) => name === one || name.endsWith(`.${one}`))
    .sort((one, other) => other.length - one.length);
  return zone === undefined ? undefined : zones[zone as Fqdn];
}

/** ACM validates `*.example.com` and `example.com` by one and the same record. */
export const withoutWildcard = (domain: string): string => domain.replace(/^\*\./, "");

const label = "(?!-)[a-z0-9_-]{1,63}(?<!-)";
const pattern = new RegExp(`^(\\*\\.)?(${label}\\.)+${label}$`);

/** What is wrong with a list of names, if anything. Tokens are not names: see `tokenDomainErrors`. */
export function domainErrors(domains: readonly string[]): string[] {
  const written = domains.filter((one) => !isToken(one));
  const wrong = written.filter((one) => one.length > 253 || !pattern.test(one));
  const twice = written.filter((one, index) => written.indexOf(one) !== index);
  return [
    ...wrong.map(
      (one) => `"${one}" is no domain name: write it in lower case and, if it is international, in Punycode.`,
    ),
    ...twice.map((one) => `"${one}" is named twice: name it once.`),
  ];
}

const effect = "which records and certificates are made";

/** Throws for a list that is a token as a whole: cdktf allows no look at its names. */
export function refuseTokenList(scope: Construct, domains: readonly string[]): void {
  const [error] = tokenErrors(scope, "domains", Token.isUnresolved(domains) ? domains : undefined, effect);
  if (error !== undefined) throw new Error(`[${scope.node.path}] ${error}`);
}

/** Refuses names that are tokens, where each name is a record or a part of a certificate. */
export const tokenDomainErrors = (scope: Construct, domains: readonly string[]): string[] =>
  domains.flatMap((one, index) => tokenErrors(scope, `domains[${index}]`, one, effect));

/** A message for each name that none of the zones holds, and for each zone whose name is a token. */
export function zoneErrors(scope: Construct, domains: readonly string[], zones: Zones): string[] {
  const tokens = Object.keys(zones).flatMap((one) =>
    tokenErrors(scope, "The name of a zone in zones", one, "which domains it holds").map(
      (message) => `${message} The id may be a token: { "example.com": zone.zoneId }.`,
    ),
  );
  if (tokens.length > 0) return tokens;
  return domains
    .filter((one) => !isToken(one) && zoneOf(one, zones) === undefined)
    .map((one) => {
      const given = Object.keys(zones).join(", ") || "none";
      return `No hosted zone holds ${one}: add its zone to zones (given: ${given}).`;
    });
}

/** Names that come from outside, checked. Throws what is wrong with them. */
export function parseDomains(names: readonly string[]): Domains {
  const [first, ...others] = names;
  const tokens = names.filter(isToken);
  const errors =
    first === undefined
      ? ["No domain is given: name at least one."]
      : [
          ...domainErrors(names),
          ...tokens.map((one) => `"${one}" is a token, which Terraform alone knows: write a constant.`),
        ];
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return [first as Fqdn, ...(others as Fqdn[])];
}
