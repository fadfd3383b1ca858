// Domain names and hosted zones: which zone a name belongs to, and which record validates it.

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

/** What is wrong with a list of names, if anything. A token is left to the plan gate. */
export function domainErrors(domains: readonly string[]): string[] {
  const written = domains.filter((one) => !one.includes("${"));
  const wrong = written.filter((one) => one.length > 253 || !pattern.test(one));
  const twice = written.filter((one, index) => written.indexOf(one) !== index);
  return [
    ...wrong.map(
      (one) => `"${one}" is no domain name: write it in lower case and, if it is international, in Punycode.`,
    ),
    ...twice.map((one) => `"${one}" is named twice: name it once.`),
  ];
}

/** A message for each name that none of the zones holds. */
export const zoneErrors = (domains: readonly string[], zones: Zones): string[] =>
  domains
    .filter((one) => zoneOf(one, zones) === undefined)
    .map((one) => {
      const given = Object.keys(zones).join(", ") || "none";
      return `No hosted zone holds ${one}: add its zone to zones (given: ${given}).`;
    });

/** Names that come from outside, checked. Throws what is wrong with them. */
export function parseDomains(names: readonly string[]): Domains {
  const [first, ...others] = names;
  const errors = first === undefined ? ["No domain is given: name at least one."] : domainErrors(names);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return [first as Fqdn, ...(others as Fqdn[])];
}
