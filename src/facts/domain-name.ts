// Whether a certificate's name covers a host name, by RFC 9525.

const normal = (name: string): string => name.toLowerCase().replace(/\.$/, "");

/**
 * A wildcard stands for exactly one label, the leftmost, and never for the domain itself (RFC 9525 section 6.3). A host
 * that is a wildcard itself, as a CDN's alias may be, needs that same wildcard.
 */
export function covers(certificateName: string, host: string): boolean {
  const [pattern, wanted] = [normal(certificateName), normal(host)];
  if (pattern === wanted) return true;
  const [first = "", ...labels] = wanted.split(".");
  return pattern.startsWith("*.") && first !== "" && first !== "*" && pattern.slice(2) === labels.join(".");
}
