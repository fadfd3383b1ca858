// Named selections of policies, each with what the gate does about a violation.

export type Enforcement = "mandatory" | "advisory";

export interface Profile {
  readonly description: string;
  /** Policies by id; one that is not named is off. */
  readonly enforcement: { readonly [policy: string]: Enforcement };
  /** Whether what no configuration can change refuses a plan: see Selection.outsidePlan. Default: warn. */
  readonly outsidePlan?: "refuse" | "warn";
}

const all = (enforcement: Enforcement, ...ids: string[]) => Object.fromEntries(ids.map((id) => [id, enforcement]));

// ats-connection is off in recommended: what it finds there, https-only, minimum-tls-1-2 or forward-secrecy report too.
const mission = ["certificate-present", "minimum-tls-1-2", "https-only", "hsts-enabled"];
const beyond = [
  "certificate-region",
  "certificate-covers-domains",
  "certificate-key-strength",
  "forward-secrecy",
  "origin-https-only",
];
const finer = [
  "certificate-validated",
  "certificate-transparency",
  "certificate-auto-renewal",
  "strong-ciphers",
  "origin-minimum-tls-1-2",
  "private-hop-https",
  "sni-only",
  "modern-http",
  "storage-secure-transport",
];

/** About the whole domain, which is more than an endpoint: AWS's managed headers policies leave subdomains out. */
const domainWide = ["hsts-include-subdomains"];

export const profiles = {
  recommended: {
    description:
      "What makes an endpoint safe is mandatory; what makes it better, and HTTPS to storage, is advisory. The default.",
    enforcement: { ...all("mandatory", ...mission, ...beyond), ...all("advisory", ...finer) },
  },
  strict: {
    // With ats-connection: a list of suites with DHE or ChaCha20 alone, and a signature with SHA-1, violate no other policy.
    description:
      "Everything is mandatory but hsts-preload, which is a decision about the whole domain; what no configuration can change is mandatory too.",
    outsidePlan: "refuse",
    enforcement: all("mandatory", "ats-connection", ...mission, ...beyond, ...finer, ...domainWide),
  },
  "apple-ats": {
    description:
      "What an app with App Transport Security needs to connect: HTTPS, with TLS 1.2 or newer and ECDHE with AES among what is offered, and a trusted and logged certificate of RSA 2048 or ECC 256 bits. What is stricter than that, such as a TLS 1.2 minimum or HTTPS alone, is advisory.",
    enforcement: {
      ...all("advisory", ...mission, ...beyond, ...finer),
      ...all(
        "mandatory",
        "ats-connection",
        "certificate-present",
        "certificate-region",
        "certificate-covers-domains",
        "certificate-validated",
        "certificate-key-strength",
        "certificate-transparency",
      ),
    },
  },
  "hsts-preload": {
    description: "recommended, and what the browsers' HSTS preload list asks for.",
    enforcement: {
      ...all("mandatory", ...mission, ...beyond, ...domainWide, "hsts-preload"),
      ...all("advisory", ...finer),
    },
  },
} as const satisfies { readonly [name: string]: Profile };

export type ProfileName = keyof typeof profiles;
