// The Terraform modules make what the constructs make: one plan holds both, and they are compared value by value.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { hasTerraform, terraformEnvironment } from "../../../scripts/terraform.ts";
import { synth } from "../synth.ts";
import type { EqualModule } from "./case.ts";
import { certificate } from "./certificate.ts";

const modules: readonly EqualModule[] = [certificate];

const isHere = hasTerraform();
if (!isHere && process.env.CI) throw new Error("terraform is not installed: the modules cannot be planned.");

interface Resource {
  readonly type: string;
  readonly provider: string;
  readonly after: Record<string, unknown>;
  readonly afterUnknown: unknown;
}

interface PlanJson {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly module_address?: string;
    readonly type: string;
    readonly name: string;
    readonly change: { readonly after: Record<string, unknown>; readonly after_unknown: unknown };
  }[];
  readonly configuration: { readonly root_module: ConfiguredModule };
}

interface ConfiguredModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly provider_config_key: string;
    readonly expressions: unknown;
  }[];
  readonly module_calls?: { readonly [name: string]: { readonly module: ConfiguredModule } };
}

function planOf(module: EqualModule): PlanJson {
  const directory = synth((stack) => {
    module.around?.(stack);
    for (const { name, build } of module.cases) build(stack, name);
  });
  const calls = module.cases.map(({ name, inputs }) => [
    name,
    {
      source: resolve("modules/terraform", module.module),
      providers: { aws: "aws", "aws.us_east_1": "aws.us_east_1" },
      ...inputs,
    },
  ]);
  writeFileSync(join(directory, "modules.tf.json"), JSON.stringify({ module: Object.fromEntries(calls) }));
  const env = { ...process.env, ...terraformEnvironment() };
  const terraform = (...words: string[]) =>
    execFileSync("terraform", words, { cwd: directory, env, maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"] });
  terraform("init", "-input=false", "-no-color");
  terraform("plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=plan.tfplan");
  return JSON.parse(terraform("show", "-json", "plan.tfplan").toString());
}

/** The name of the provider's configuration for each resource of the configuration, by module address and address. */
function providersIn(module: ConfiguredModule, prefix = ""): Map<string, string> {
  const own = (module.resources ?? []).map(
    ({ address, provider_config_key: key }) => [`${prefix}${address}`, key.replace(/^.*:/, "")] as const,
  );
  const inner = Object.entries(module.module_calls ?? {}).flatMap(([name, call]) => [
    ...providersIn(call.module, `${prefix}module.${name}.`),
  ]);
  return new Map([...own, ...inner]);
}

const sorted = (resources: readonly Resource[]): Resource[] =>
  resources
    .map((one) => ({ text: JSON.stringify(one), one }))
    .sort((one, other) => (one.text < other.text ? -1 : 1))
    .map(({ one }) => one);

/** A waiver names its resource by an address, which is not the same in a construct and in a module. */
function withoutAddresses(type: string, after: Record<string, unknown>): Record<string, unknown> {
  if (type !== "terraform_data") return after;
  const { input } = after as { readonly input: readonly { readonly resource: string }[] };
  return { ...after, input: input.map(({ resource: _, ...rest }) => rest) };
}

describe.runIf(isHere).each(modules.map((module) => [module.module, module] as const))("%s", (_, module) => {
  let plan: PlanJson;
  let providers: Map<string, string>;

  beforeAll(() => {
    plan = planOf(module);
    providers = providersIn(plan.configuration.root_module);
  }, 300_000);

  const resourcesOf = (isMine: (change: PlanJson["resource_changes"][number]) => boolean): Resource[] =>
    sorted(
      plan.resource_changes.filter(isMine).map(({ address, type, change }) => ({
        type,
        provider: providers.get(address.replace(/\[[^\]]*\]/g, "")) ?? "none",
        after: withoutAddresses(type, change.after),
        afterUnknown: change.after_unknown,
      })),
    );

  /** Records that validate a name stand beside the certificates, and refer to the one that they are for. */
  const isOfCase = (name: string, { address, name: resource }: PlanJson["resource_changes"][number]): boolean => {
    const written = plan.configuration.root_module.resources?.find((one) => one.address === address);
    const isRecord = resource.startsWith("tlsgate-validation_");
    return isRecord
      ? JSON.stringify(written?.expressions).includes(`aws_acm_certificate.${name}_`)
      : resource.startsWith(`${name}_`);
  };

  test("has at least five sets of inputs", () => expect(module.cases.length).toBeGreaterThanOrEqual(5));

  test.each(module.cases.map((one) => [one.name, one] as const))("%s: construct and module are equal", (name) => {
    const ofModule = resourcesOf(({ module_address: at }) => at?.split(".")[1] === name);
    const ofConstruct = resourcesOf(
      (one) => one.module_address === undefined && isOfCase(name, one) && one.type !== "terraform_data",
    );
    expect(ofConstruct.length).toBeGreaterThan(0);
    expect(ofModule.filter(({ type }) => type !== "terraform_data")).toEqual(ofConstruct);
  });

  test("the waivers are those of the constructs", () => {
    const waivers = (isModule: boolean) =>
      resourcesOf((one) => one.type === "terraform_data" && (one.module_address !== undefined) === isModule).flatMap(
        ({ after }) => after.input as unknown[],
      );
    expect(new Set(waivers(true))).toEqual(new Set(waivers(false)));
  });
});
