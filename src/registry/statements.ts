// What was checked of a package, as a standard document: in-toto statements, one a line, for any signer and verifier.
// https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md

import { hash1Hex } from "./dirhash.ts";
import type { ModuleDocument, Verification } from "./module-document.ts";

/** Where the terms of tlsgate's own fields are explained. */
const home = "https://github.com/tlsgate/tlsgate";

type Named = Pick<ModuleDocument, "address" | "version" | "sha256" | "h1">;

const subjectOf = ({ address, version, sha256, h1 }: Named) => [
  { name: `${address}/${version}/module.tar.gz`, digest: { sha256, dirHash: hash1Hex(h1) } },
];

const statement = (subject: object, predicateType: string, predicate: object): string =>
  `${JSON.stringify({ _type: "https://in-toto.io/Statement/v1", subject, predicateType, predicate })}\n`;

/** How the package was built: https://slsa.dev/spec/v1.0/provenance */
function provenanceOf(document: ModuleDocument): string {
  const { address, version, source, verification } = document;
  return statement(subjectOf(document), "https://slsa.dev/provenance/v1", {
    buildDefinition: {
      buildType: `${home}/modules/build/v1`,
      externalParameters: { address, version },
      internalParameters: { terraform: verification.terraform },
      resolvedDependencies: source
        ? [{ ...(source.repository ? { uri: `git+${source.repository}` } : {}), digest: { gitCommit: source.commit } }]
        : [],
    },
    runDetails: {
      builder: { id: `${home}/modules/build`, version: { tlsgate: verification.tlsgate } },
      metadata: { finishedOn: verification.time },
    },
  });
}

/** What the gate said: https://slsa.dev/spec/v1.0/verification_summary */
export function verificationSummary(document: Named, verification: Verification): string {
  return statement(subjectOf(document), "https://slsa.dev/verification_summary/v1", {
    verifier: { id: home, version: { tlsgate: verification.tlsgate } },
    timeVerified: verification.time,
    resourceUri: `${document.address}/${document.version}`,
    policy: { uri: `${home}/policies`, digest: { sha256: verification.policyDigest } },
    verificationResult: verification.result,
    verifiedLevels: verification.result === "PASSED" ? ["TLSGATE_PLAN_POLICIES"] : [],
  });
}

export const statementsOf = (document: ModuleDocument): string =>
  provenanceOf(document) + verificationSummary(document, document.verification);
