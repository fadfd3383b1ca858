// Where CloudFront's certificates and logs live: in us-east-1, whatever the stack's own region is.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProvidersOf, hasResourceRegion } from "./provider-line.ts";

const region = "us-east-1";

/** What puts a resource there: a provider, with aws 6 the resource's own region, or nothing where the stack is there. */
export interface Placement {
  readonly provider?: TerraformProvider;
  readonly region?: string;
}

/** How resources get to us-east-1. */
export class UsEast1 {
  /** @internal */
  readonly placement: Placement;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(placement: Placement) {
    this.placement = placement;
  }

  /**
   * The way of the stack that `scope` is in: its provider for us-east-1 if it has one; else, with bindings of aws 6, the
   * region of the resource; else a new provider, with the alias `us_east_1` and the settings of the stack's default one.
   * Throws where the stack has no AWS provider.
   */
  static of(scope: Construct): UsEast1 {
    const stack = TerraformStack.of(scope);
    const providers = awsProvidersOf(stack);
    const existing = providers.find((one) => Reflect.get(one, "region") === region);
    if (existing) return new UsEast1(existing.alias === undefined ? {} : { provider: existing });
    const standard = providers.find((one) => one.alias === undefined);
    if (!standard) {
      throw new Error(
        `Stack ${stack.node.id} has no AWS provider: create new AwsProvider(stack, …) before its first tlsgate construct, or pass usEast1: UsEast1.from(provider).`,
      );
    }
    if (hasResourceRegion()) return new UsEast1({ region });
    const settings = { ...settingsOf(standard), region, alias: "us_east_1" };
    return new UsEast1({ provider: new AwsProvider(stack, "tlsgate-us-east-1", settings) });
  }

  /** A provider of your own. Throws when it is written out for another region; a token is left to the plan gate. */
  static from(provider: AwsProvider): UsEast1 {
    const { region: actual } = provider;
    if (actual !== undefined && actual !== region && !actual.includes("${")) {
      throw new Error(`The provider is for ${actual}: CloudFront takes certificates from us-east-1 only.`);
    }
    return new UsEast1({ provider });
  }

  /** `region = "us-east-1"` on the resource itself. Throws with bindings of aws 5, which do not know it. */
  static resourceRegion(): UsEast1 {
    if (!hasResourceRegion()) {
      throw new Error("These bindings are of aws 5, whose resources take no region: use UsEast1.of(scope).");
    }
    return new UsEast1({ region });
  }
}

/** All that a provider was given. */
function settingsOf(provider: TerraformProvider): object {
  const given = Object.getOwnPropertyNames(provider).filter((name) => `${name.slice(1)}Input` in provider);
  return Object.fromEntries(given.map((name) => [name.slice(1), Reflect.get(provider, name)]));
}
