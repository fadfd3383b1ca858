// The Terraform modules make what the constructs make: one plan holds both, and they are compared value by value.

import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Construct } from "constructs";
import { beforeAll, describe, expect, test } from "vitest";
import { profiles } from "../../../policies/profiles.ts";
import { policies } from "../../../policies/registry.ts";
import { hasTerraform, terraformEnvironment } from "../../../scripts/terraform.ts";
import { readPlan } from "../../../src/api.ts";
import { decide, nothingAccepted } from "../../../src/findings/decide.ts";
import { adapters } from "../../../src/providers/registry.ts";
import { moduleInterface } from "../../../src/registry/module-interface.ts";
import { synth } from "../synth.ts";
import { api } from "./api.ts";
import type { EqualModule } from "./case.ts";
import { certificate } from "./certificate.ts";
import { distribution } from "./distribution.ts";
import { httpsListener } from "./https-listener.ts";
import { importedCertificate } from "./imported-certificate.ts";
import { privateBucket } from "./private-bucket.ts";
import { redirect } from "./redirect.ts";
import { staticWebsite } from "./static-website.ts";

const modules: readonly EqualModule[] = [
  certificate,
  importedCertificate,
  httpsListener,
  privateBucket,
  distribution,
  redirect,
  staticWebsite,
  api,
];

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

/** Configurations that a module has to be given, such as "aws.us_east_1". */
function aliasesOf(directory: string): readonly string[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".tf"));
  const sources = files.map((file) => ({ path: file, text: readFileSync(join(directory, file), "utf8") }));
  return moduleInterface(sources).providers.flatMap(({ aliases }) => aliases);
}

/** The call of a module for a case: it begins with the module's name, as a construct does. */
const callName = (module: EqualModule, name: string): string => `${module.module}_${name}`;

/** All modules in one stack: one plan takes hardly longer than that of a single module. */
/** Its file, and what it says as JSON. */
function planOf(modules: readonly EqualModule[]): { readonly file: string; readonly json: PlanJson } {
  const directory = synth((stack) => {
    for (const module of modules) {
      module.around?.(stack);
      const scope = new Construct(stack, module.module);
      for (const { name, build } of module.cases) build(scope, name);
    }
  });
  // A module that calls its siblings is read from a copy of all: by its absolute path it would be a package without them.
  cpSync("modules/terraform", join(directory, "modules"), { recursive: true });
  const calls = modules.flatMap((module) => {
    const source = `./modules/${module.module}`;
    const providers = Object.fromEntries(["aws", ...aliasesOf(join(directory, source))].map((name) => [name, name]));
    return module.cases.map(({ name, inputs }) => [callName(module, name), { source, providers, ...inputs }]);
  });
  writeFileSync(join(directory, "modules.tf.json"), JSON.stringify({ module: Object.fromEntries(calls) }));
  const variables = Object.assign({}, ...modules.map((module) => module.variables ?? {}));
  writeFileSync(join(directory, "terraform.tfvars.json"), JSON.stringify(variables));
  const env = { ...process.env, ...terraformEnvironment() };
  const terraform = (...words: string[]) =>
    execFileSync("terraform", words, { cwd: directory, env, maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"] });
  terraform("init", "-input=false", "-no-color");
  terraform("plan", "-input=false", "-no-color", "-refresh=false", "-lock=false", "-out=plan.tfplan");
  return {
    file: join(directory, "plan.tfplan"),
    json: JSON.parse(terraform("show", "-json", "plan.tfplan").toString()),
  };
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

/** A waiver in the plan; its resource has another address in a construct than in a module. */
interface PlannedWaiver {
  readonly rule: string;
  readonly resource: string;
  readonly attribute: string;
}

describe.runIf(isHere)("construct and module are equal", () => {
  let file: string;
  let plan: PlanJson;
  let providers: Map<string, string>;

  beforeAll(() => {
    ({ file, json: plan } = planOf(modules));
    providers = providersIn(plan.configuration.root_module);
  }, 600_000);

  type Change = PlanJson["resource_changes"][number];

  /** What the calls of a module make, or the one call. */
  const isOfModule =
    (prefix: string, isWhole: boolean) =>
    ({ module_address: at = "" }: Change): boolean => {
      const call = at.split(".")[1] ?? "";
      return isWhole ? call === prefix : call.startsWith(prefix);
    };

  const resourcesOf = (isMine: (change: Change) => boolean): Resource[] =>
    sorted(
      plan.resource_changes
        .filter((one) => one.type !== "terraform_data" && isMine(one))
        .map(({ address, type, change }) => ({
          type,
          provider: providers.get(address.replace(/\[[^\]]*\]/g, "")) ?? "none",
          after: change.after,
          afterUnknown: change.after_unknown,
        })),
    );

  /** Records that validate a name stand beside the certificates, and refer to the one that they are for. */
  const isOfCase = (call: string, { address, module_address: module, name }: Change): boolean => {
    if (module !== undefined) return false;
    if (!name.startsWith("tlsgate-validation_")) return name.startsWith(`${call}_`);
    const written = plan.configuration.root_module.resources?.find((one) => one.address === address);
    return JSON.stringify(written?.expressions).includes(`aws_acm_certificate.${call}_`);
  };

  /** The waivers that are recorded in some resources. */
  const waiversIn = (records: readonly Change[]): PlannedWaiver[] =>
    records.flatMap(({ change }) => change.after.input as PlannedWaiver[]);

  const typed = (waivers: readonly PlannedWaiver[]): Set<unknown> =>
    new Set(waivers.map(({ resource, ...rest }) => ({ ...rest, type: resource.split(".")[0] })));

  describe.each(modules.map((module) => [module.module, module] as const))("%s", (_, module) => {
    test("has at least five sets of inputs", () => expect(module.cases.length).toBeGreaterThanOrEqual(5));

    test.each(module.cases.map((one) => [one.name] as const))("%s", (name) => {
      const call = callName(module, name);
      const ofModule = resourcesOf(isOfModule(call, true));
      const ofConstruct = resourcesOf((one) => isOfCase(call, one));
      expect(ofConstruct.length).toBeGreaterThan(0);
      expect(ofModule).toEqual(ofConstruct);
    });

    test("the waivers are those of the constructs, and name resources of the module", () => {
      const records = plan.resource_changes.filter(({ type }) => type === "terraform_data");
      const [own = [], others = []] = [true, false].map((isOwn) =>
        records.filter((one) =>
          isOwn ? isOfModule(`${module.module}_`, false)(one) : one.module_address === undefined,
        ),
      );
      const ofConstructs = waiversIn(others).filter(({ resource }) =>
        resource.split(".")[1]?.startsWith(`${module.module}_`),
      );
      expect(typed(waiversIn(own))).toEqual(typed(ofConstructs));
      const addresses = new Set(plan.resource_changes.map(({ address }) => address));
      for (const record of own) {
        for (const { resource } of waiversIn([record])) {
          expect(addresses).toContain(`${record.module_address}.${resource}`);
        }
      }
    });
  });

  describe("the gate", () => {
    /** What only a look at the thing itself would tell: certificates, load balancers and target groups named by their ARNs. */
    const outside = [
      "certificate-auto-renewal",
      "certificate-covers-domains",
      "certificate-key-strength",
      "certificate-transparency",
      "certificate-validated",
      "modern-http",
      "private-hop-https",
    ];
    const place = (policy: string, address: string, at: string) =>
      `${policy} at ${address} ${at.replace(/^(.*(?:origin|function_association))\[\d+\]/, "$1[*]")}`;

    test("accepts what the waivers excuse, all of which it would refuse, and refuses nothing else", () => {
      const { enforcement } = profiles.strict;
      const acceptance = {
        ...nothingAccepted,
        ofPlan: "planned",
        policies: policies.map(({ id }) => id),
        today: new Date(),
      } as const;
      // As JSON a plan does not hold the expressions of dynamic blocks, its file does.
      const findings = decide(readPlan(file), { policies, adapters, enforcement }, acceptance).findings.filter(
        ({ address }) => address.startsWith("module."),
      );
      const placesOf = (isMine: (finding: (typeof findings)[number]) => boolean) =>
        findings.filter(isMine).map(({ policy, address, at }) => place(policy, address, at));
      expect(placesOf(({ policy }) => policy.startsWith("waiver-"))).toEqual([]);
      expect(placesOf(({ outcome, waiver }) => outcome === "fail" && waiver === null)).toEqual([]);
      const unknown = placesOf(({ outcome, policy }) => outcome === "unknown" && !outside.includes(policy));
      expect(unknown).toEqual([]);
      const records = plan.resource_changes.filter((one) => one.type === "terraform_data" && one.module_address);
      const waived = records.flatMap((record) =>
        waiversIn([record]).map(({ rule, resource, attribute }) =>
          place(rule, `${record.module_address}.${resource}`, attribute),
        ),
      );
      const excused = placesOf(({ outcome, waiver }) => outcome === "fail" && waiver !== null);
      expect(new Set(excused)).toEqual(new Set(waived));
    }, 120_000);
  });
});
