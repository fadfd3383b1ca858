// Requires that storage refuses plain HTTP.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "storage-secure-transport",
  requires: "Refuse plain HTTP to every bucket and storage account",
  severity: "medium",
  whenUnknown: "warn",
  why: "Amazon S3, Google Cloud Storage and, where it is switched off, Azure Storage answer requests over plain HTTP too: a client with an http:// URL sends objects and signed URLs in clear text, and nobody notices.",
  fix: 'Deny everybody s3:* on the bucket and its objects where aws:SecureTransport is "false" (Amazon S3), require secure transfer (Azure Storage), or enforce the constraint storage.secureHttpTransport (Google Cloud).',
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit",
    "https://learn.microsoft.com/azure/storage/common/storage-require-secure-transfer",
    "https://cloud.google.com/storage/docs/org-policy-constraints#secure-http-transport",
  ],
  controls: {
    "AWS FSBP": ["S3.5"],
    "NIST SP 800-53 r5": ["SC-8", "SC-8(1)"],
    "PCI DSS 4.0.1": ["4.2.1"],
  },

  evaluateObjectStore: ({ refusesPlainHttp }) => [
    judge(refusesPlainHttp, (refuses) => refuses || text`accepts requests over plain HTTP`),
  ],
});
