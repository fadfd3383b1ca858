// Where CloudFront's certificates live: the stack's provider for us-east-1, found or made.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { TerraformProvider, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";

const region = "us-east-1";

/** A provider of AWS for us-east-1. */
export class UsEast1 {
  readonly provider: AwsProvider;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(provider: AwsProvider) {
    this.provider = provider;
  }

  /**
   * The provider for us-east-1 of the stack that `scope` is in: one that the stack has, or else a new one with the alias
   * `us_east_1` and the settings of the stack's default provider. CloudFront takes certificates of ACM from there only.
   */
  static of(scope: Construct): UsEast1 {
    const stack = TerraformStack.of(scope);
    const providers = stack.node.findAll().filter(isAwsProvider);
    const existing = providers.find((one) => one.region === region);
    if (existing) return new UsEast1(existing);
    const standard = providers.find((one) => one.alias === undefined);
    if (!standard) {
      throw new Error(
        `Stack ${stack.node.id} has no AWS provider: create new AwsProvider(stack, …) before its first tlsgate construct, or pass usEast1: UsEast1.from(provider).`,
      );
    }
    const settings = { ...settingsOf(standard), region, alias: "us_east_1" };
    return new UsEast1(new AwsProvider(stack, "tlsgate-us-east-1", settings));
  }

  /** A provider of your own. Throws when it is written out for another region; a token is left to the plan gate. */
  static from(provider: AwsProvider): UsEast1 {
    const { region: actual } = provider;
    if (actual !== undefined && actual !== region && !actual.includes("${")) {
      throw new Error(`The provider is for ${actual}: CloudFront takes certificates from us-east-1 only.`);
    }
    return new UsEast1(provider);
  }
}

const isAwsProvider = (construct: IConstruct): construct is AwsProvider =>
  TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === "aws";

/** All that a provider was given. */
function settingsOf(provider: AwsProvider): object {
  const given = Object.getOwnPropertyNames(provider).filter((name) => `${name.slice(1)}Input` in provider);
  return Object.fromEntries(given.map((name) => [name.slice(1), Reflect.get(provider, name)]));
}
