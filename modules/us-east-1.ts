// Where CloudFront's certificates and logs live: in us-east-1, whatever the stack's own region is.

import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProvidersOf, hasResourceRegion } from "./provider-line.ts";
import { expressionOf } from "./token.ts";

const region = "us-east-1";

/** What puts a resource there: a provider, with aws 6 the resource's own region, or nothing where the stack is there. */
export interface Placement {
  readonly provider?: TerraformProvider;
  readonly region?: string;
}

/** The way of each stack, chosen when its first construct asks: all of them take the same. */
const chosen = new WeakMap<TerraformStack, UsEast1>();

/** How resources get to us-east-1. */
export class UsEast1 {
  /**
   * For resources of your own that have to be in us-east-1, such as a web ACL:
   * `new Wafv2WebAcl(this, "acl", { ...UsEast1.of(this).placement, scope: "CLOUDFRONT", … })`.
   */
  readonly placement: Placement;
  /** Nothing else has its shape: it comes from here alone. */
  declare protected readonly nominal: true;

  private constructor(placement: Placement) {
    this.placement = placement;
  }

  /**
   * The way of the stack that `scope` is in, into the account of its default provider: that provider where it is for
   * us-east-1; else another one of the stack for us-east-1 whose other settings are the same; else, with bindings of aws 6,
   * the region of the resource; else a new provider with the alias `us_east_1`, which has all settings of the default one
   * at synthesis. Throws where the stack has no default AWS provider.
   */
  static of(scope: Construct): UsEast1 {
    const stack = TerraformStack.of(scope);
    const known = chosen.get(stack) ?? choose(stack, (placement) => new UsEast1(placement));
    chosen.set(stack, known);
    return known;
  }

  /** A provider of your own, in any account. Throws for another region; a token is left to the plan gate. */
  static from(provider: AwsProvider): UsEast1 {
    const [error] = regionErrors(provider);
    if (error !== undefined) throw new Error(error);
    provider.node.addValidation({ validate: () => regionErrors(provider) });
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

function choose(stack: TerraformStack, way: (placement: Placement) => UsEast1): UsEast1 {
  const providers = awsProvidersOf(stack);
  const standard = providers.find((one) => one.alias === undefined);
  if (!standard) {
    throw new Error(
      `Stack ${stack.node.id} has no default AWS provider: create new AwsProvider(stack, …) without an alias before its first tlsgate construct, or pass usEast1: UsEast1.from(provider).`,
    );
  }
  if (settingsOf(standard).region === region) {
    stack.node.addValidation({ validate: () => regionErrors(standard) });
    return way({});
  }
  const existing = providers.find((one) => one !== standard && isTwin(one, standard));
  if (existing) {
    stack.node.addValidation({ validate: () => twinErrors(existing, standard) });
    return way({ provider: existing });
  }
  return way(hasResourceRegion() ? { region } : { provider: new TwinProvider(stack, standard) });
}

/** The default provider, but for us-east-1. Settings that the default one gets later, by setters or overrides, are its too. */
class TwinProvider extends AwsProvider {
  readonly #stack: TerraformStack;
  readonly #standard: TerraformProvider;

  constructor(stack: TerraformStack, standard: TerraformProvider) {
    super(stack, "tlsgate-us-east-1", { region });
    this.#stack = stack;
    this.#standard = standard;
  }

  /** A provider of the app may have the alias, with other settings. */
  override get alias(): string {
    const isTaken = awsProvidersOf(this.#stack).some((one) => one !== this && one.alias === "us_east_1");
    return isTaken ? "tlsgate_us_east_1" : "us_east_1";
  }

  override toTerraform(): object {
    return twinOf(this.#standard.toTerraform(), this.alias);
  }

  override toHclTerraform(): object {
    return twinOf(this.#standard.toHclTerraform(), this.alias);
  }
}

/** A provider as cdktf writes it. */
interface WrittenProvider {
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

const twinOf = (written: WrittenProvider, alias: string): object => ({
  ...written,
  provider: Object.fromEntries(
    Object.entries(written.provider).map(([type, settings]) => [
      type,
      settings.map((standard) => ({ ...standard, region, alias })),
    ]),
  ),
});

/** All settings of a provider as they are written now, with overrides. */
function settingsOf(provider: TerraformProvider): Readonly<Record<string, unknown>> {
  const { provider: written }: WrittenProvider = provider.toTerraform();
  const [settings] = written[provider.terraformResourceType] ?? [];
  return expressionOf(provider, settings) as Readonly<Record<string, unknown>>;
}

/** Names of the settings, credentials among them, that the two do not have in common. */
function differencesOf(one: TerraformProvider, other: TerraformProvider): string[] {
  const [left, right] = [settingsOf(one), settingsOf(other)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (name) => name !== "region" && name !== "alias" && JSON.stringify(left[name]) !== JSON.stringify(right[name]),
  );
}

const isTwin = (one: TerraformProvider, standard: TerraformProvider): boolean =>
  settingsOf(one).region === region && differencesOf(one, standard).length === 0;

/** The provider that a certificate is made by, where its settings are not the default one's: it may be of another account. */
export function foreignProvider(scope: Construct, { provider }: Placement): TerraformProvider | undefined {
  if (provider === undefined || provider instanceof TwinProvider) return;
  const standard = awsProvidersOf(TerraformStack.of(scope)).find((one) => one.alias === undefined);
  return standard && differencesOf(provider, standard).length === 0 ? undefined : provider;
}

/** What has changed of a provider since it was chosen. */
function twinErrors(existing: TerraformProvider, standard: TerraformProvider): string[] {
  const differences = differencesOf(existing, standard);
  return [
    ...regionErrors(existing),
    ...(differences.length > 0
      ? [
          `The provider aws.${existing.alias} differs from the default one in ${differences.join(", ")}: its certificates could land in another account. Give both the same settings, or pass usEast1: UsEast1.from(provider).`,
        ]
      : []),
  ];
}

function regionErrors(provider: TerraformProvider): string[] {
  const { region: actual = region } = settingsOf(provider);
  return actual === region || String(actual).includes("${")
    ? []
    : [`The provider is for ${actual}: CloudFront takes certificates from us-east-1 only.`];
}
