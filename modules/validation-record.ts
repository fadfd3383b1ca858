// The DNS record that validates a name: written once in a stack, however many certificates have the name.

import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "./hashed-name.ts";
import { expressionOf } from "./token.ts";

/** A DNS record that shows ACM that a domain is yours. */
export interface ValidationRecord {
  /** _0123456789abcdef.example.com. */
  readonly name: string;
  /** CNAME */
  readonly type: string;
  /** _fedcba9876543210.acm-validations.aws. */
  readonly value: string;
}

/** Where a record is written, and for whom. */
export interface RecordPlace {
  /** The domain that it validates, without its wildcard. */
  readonly domain: string;
  readonly zoneId: string;
  readonly ttl: number;
  readonly provider: TerraformProvider | undefined;
  /** Path of the certificate's provider where it may be of another account, which has records of its own. */
  readonly account: string;
}

/**
 * ACM asks all certificates of an account for the same record, in every region, as long as they have the same domain (AWS,
 * "DNS validation"). A second copy in the stack would be overwritten by the first one, and deleted with it. It stands beside
 * the certificates, not in one of them: the others keep it when that one goes.
 */
export function validationRecord(certificate: Construct, place: RecordPlace, record: ValidationRecord): Route53Record {
  const { domain, zoneId, ttl, provider, account } = place;
  const owner = ownerOf(TerraformStack.of(certificate));
  const where = JSON.stringify([expressionOf(certificate, zoneId), provider?.node.path ?? "", account]);
  const [first, other] = [domain, `${domain}-${shortHash(where)}`];
  const known = owner.places.get(first);
  const id = known === undefined || known === where ? first : other;
  const existing = owner.node.tryFindChild(id);
  if (existing instanceof Route53Record) return existing;
  owner.places.set(id, where);
  return new Route53Record(owner, id, {
    ...(provider ? { provider } : {}),
    zoneId,
    name: record.name,
    type: record.type,
    records: [record.value],
    ttl,
    // A certificate of another stack may have written it.
    allowOverwrite: true,
  });
}

class ValidationRecords extends Construct {
  /** Zone, provider and account of each record, by its id. */
  readonly places = new Map<string, string>();
}

function ownerOf(stack: TerraformStack): ValidationRecords {
  const id = "tlsgate-validation";
  const existing = stack.node.tryFindChild(id);
  return existing instanceof ValidationRecords ? existing : new ValidationRecords(stack, id);
}
