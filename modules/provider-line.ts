// Which line of the AWS provider a stack is built with, and which versions of it will do.

import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate/index.js";
import { TerraformProvider, type TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";

/** Whether the bindings are of aws 6 or newer, whose resources take a region. */
export const hasResourceRegion = (): boolean => "region" in AcmCertificate.prototype;

/** Whether the bindings know the write-only private key of certificates, which stays out of the state. */
export const hasWriteOnlyKey = (): boolean => "privateKeyWo" in AcmCertificate.prototype;

const isProvider = (construct: IConstruct): construct is TerraformProvider =>
  TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === "aws";

/** The AWS providers of a stack. */
export const awsProvidersOf = (stack: TerraformStack): TerraformProvider[] => stack.node.findAll().filter(isProvider);

/** The version of the AWS provider that the stack's bindings were made from, as [major, minor]. */
export function providerVersionOf(scope: Construct): readonly [number, number] {
  const [provider] = awsProvidersOf(TerraformStack.of(scope));
  const [major = 0, minor = 0] = (provider?.terraformGeneratorMetadata?.providerVersion ?? "").split(".").map(Number);
  return [major, minor];
}

/**
 * Lets newer versions of the same major line in: bindings ask for exactly the one that they were made from, and
 * `terraform init` then fails wherever another is installed. A constraint of your own, by
 * `stack.addOverride("terraform.required_providers.aws.version", …)`, stays.
 */
export function acceptNewerProviders(resource: TerraformResource): void {
  const path = ["terraform", "required_providers", "aws", "version"];
  const stack = TerraformStack.of(resource);
  const given = path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    Reflect.get(stack, "rawOverrides"),
  );
  const version = resource.terraformGeneratorMetadata?.providerVersion;
  if (given !== undefined || version === undefined) return;
  stack.addOverride(path.join("."), `~> ${version.split(".").slice(0, 2).join(".")}`);
}
