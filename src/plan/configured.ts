// A plan with the configuration that it was made from.

import { modulesManifestIn } from "../hcl/archive.ts";
import { type Configuration, type ConfigurationSource, configurationOf } from "../hcl/configuration.ts";
import { createEvaluator, type Evaluator } from "../hcl/evaluator.ts";
import type { InstanceKey, PlannedInstance, PlannedValues, ResourceId } from "../hcl/planned.ts";
import { readConfiguration } from "../hcl/read.ts";
import { InputError } from "../input-error.ts";
import { modulePrefix, parseModuleAddress } from "./address.ts";
import type { EvaluatedConfiguration, InstanceId } from "./block-config.ts";
import { type ComputedAttributes, computedAttributesOf } from "./computed-attributes.ts";
import { configurationDifferences, describeDifference } from "./configuration-differences.ts";
import { type Choices, chooseCandidate, configFromConfiguration, planValueOf } from "./evaluated-block.ts";
import { type InstalledModule, parseModulesManifest } from "./installed-modules.ts";
import { groupedBy, once } from "./once.ts";
import type { Plan } from "./plan.ts";
import { viewPlan } from "./view.ts";

/**
 * Evaluates a configuration wherever the plan leaves a value open. `path`: a plan file, or a directory of .tf files, which
 * must hold what the plan was made from, or it is an InputError; by default the plan file that the plan was read from. A
 * plan that holds none is given back as it is. `attributes`: what the plan's providers compute from a configuration alone.
 */
export function withConfiguration(plan: Plan, attributes: ComputedAttributes, path?: string): Plan {
  if (path === undefined && plan.planFile === undefined) return plan;
  if (path !== undefined) checkKind(plan);
  const source = path === undefined ? readConfiguration(plan.path, plan.planFile) : readConfiguration(path);
  const configuration = configurationOf(source);
  if (path !== undefined) checkOrigin(path, source, configuration, plan);
  const planned = plannedValuesOf(plan);
  // A view of its own: what it asks is no choice that a verdict depends on.
  const after = once(() =>
    viewPlan({ ...plan, evaluated: evaluatedBy(evaluator, { configuration, showsComputed: true }) }, "after"),
  );
  const computedAttribute = computedAttributesOf(attributes, planned, after);
  const evaluator: Evaluator = createEvaluator(configuration, { ...planned, computedAttribute });
  return { ...plan, evaluated: evaluatedBy(evaluator, { configuration }) };
}

/** The module packages that a plan file was made with. */
export const installedModulesIn = (planFile: Uint8Array): InstalledModule[] =>
  parseModulesManifest(modulesManifestIn(planFile) ?? "") ?? [];

function checkKind({ path, kind, configuration }: Plan): void {
  if (kind === "plan" && configuration) return;
  const what = { plan: "a plan without its configuration", state: "a state", configuration: "a synthesised stack" };
  throw new InputError(
    `--configuration needs a plan, but ${path} is ${what[kind]}.`,
    "terraform plan -out=tfplan && tlsgate check tfplan",
  );
}

/** Differences that are listed; a directory of another project has any number. */
const maxDifferences = 10;

/** A directory may be of another commit than the plan, a plan file of another run. */
function checkOrigin(
  source: string,
  { directory, modules }: ConfigurationSource,
  configuration: Configuration,
  { path, configuration: shown, instances }: Plan,
): void {
  if (directory !== undefined && !modules.some(({ files }) => files.length > 0))
    throw new InputError(
      `${source} holds no .tf files.`,
      "tlsgate check --configuration DIRECTORY, with the directory that the plan was made in",
    );
  const differences = configurationDifferences(configuration, shown ?? {}, instances).map(describeDifference);
  if (differences.length === 0) return;
  const rest = differences.length - maxDifferences;
  const lines = [...differences.slice(0, maxDifferences), ...(rest > 0 ? [`and ${rest} more`] : [])];
  throw new InputError(
    `The configuration in ${source} is not the one that ${path} was made from:`,
    "check out the configuration that the plan was made from, or give the plan file: --configuration tfplan",
    lines,
  );
}

interface Settings {
  readonly configuration: Configuration;
  /** Which of several values are taken. */
  readonly chosen?: Choices["chosen"];
  readonly showsComputed?: boolean;
}

function evaluatedBy(evaluator: Evaluator, settings: Settings): EvaluatedConfiguration {
  const { configuration, chosen = new Map(), showsComputed = false } = settings;
  const choices: Choices = { chosen, found: new Map() };
  return {
    blockConfig: (instance, view) => {
      const block = evaluator.resourceBlock(instance);
      const resource = addressOf(instance);
      return block && configFromConfiguration([block], resource, { view, choices, resource, showsComputed });
    },
    providerSetting: (instance, setting, view) => {
      const [value, resource] = [evaluator.providerSetting(instance, setting), addressOf(instance)];
      if (value.kind === "unknown" && isUnread(value.cause)) return undefined;
      return planValueOf(chooseCandidate(value, `provider of ${resource}.${setting}`, { choices, resource }), view);
    },
    providerVersion: (source) =>
      [...configuration.providerVersions].find(([address]) => address.endsWith(`/${source}`))?.[1],
    choices: () => choices.found,
    choose: (more) => evaluatedBy(evaluator, { ...settings, chosen: new Map([...chosen, ...more]) }),
  };
}

/** What a plan's JSON shows still holds where tlsgate cannot read the configuration. */
const isUnread = ({ kind }: UnknownCause): boolean => kind === "syntax" || kind === "not-in-configuration";

type UnknownCause = Extract<ReturnType<Evaluator["providerSetting"]>, { kind: "unknown" }>["cause"];

const addressOf = (instance: InstanceId): string => `${resourceKey(instance)} ${instance.key ?? ""}`;

const resourceKey = ({ module: steps, mode, type, name }: ResourceId): string =>
  `${modulePrefix(steps)}${mode} ${type}.${name}`;

/** What the evaluator asks a plan. */
export function plannedValuesOf({ instances, variables, timestamp }: Plan): PlannedValues {
  const found = once(() =>
    instances.flatMap(({ address, moduleAddress, mode, type, name, key, after }) => {
      const module = parseModuleAddress(moduleAddress);
      return after ? [{ id: { module, mode, type, name }, planned: { address, key, ...after } }] : [];
    }),
  );
  const byResource = once(() => groupedBy(found(), ({ id }) => resourceKey(id)));
  return {
    instances: (resource): readonly PlannedInstance[] =>
      (byResource().get(resourceKey(resource)) ?? []).map(({ planned }) => planned),
    moduleKeys: (parent, name): readonly InstanceKey[] => {
      const prefix = modulePrefix(parent);
      const keys = found().flatMap(({ id: { module } }) => {
        const step = module[parent.length];
        return step?.name === name && modulePrefix(module.slice(0, parent.length)) === prefix ? [step.key] : [];
      });
      return [...new Set(keys)];
    },
    variables: Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value ?? null])),
    timestamp,
  };
}
