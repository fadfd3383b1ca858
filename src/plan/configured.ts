// A plan with the configuration that it was made from.

import { configurationOf } from "../hcl/configuration.ts";
import { createEvaluator, type Evaluator } from "../hcl/evaluator.ts";
import type { InstanceKey, PlannedInstance, PlannedValues, ResourceId } from "../hcl/planned.ts";
import { readConfiguration } from "../hcl/read.ts";
import { modulePrefix, parseModuleAddress } from "./address.ts";
import { groupedBy, once } from "./once.ts";
import type { Plan } from "./plan.ts";
import type { Evaluated, InstanceId } from "./written.ts";
import { type Choices, valueFrom, writtenInConfiguration } from "./written-configuration.ts";

/**
 * Evaluates a configuration wherever the plan leaves a value open. `path`: a plan file or a directory of .tf files; by
 * default the plan file that the plan was read from. A plan that holds none is given back as it is.
 */
export function withConfiguration(plan: Plan, path?: string): Plan {
  if (path === undefined && plan.planFile === undefined) return plan;
  const source = path === undefined ? readConfiguration(plan.path, plan.planFile) : readConfiguration(path);
  return { ...plan, evaluated: evaluatedBy(createEvaluator(configurationOf(source), plannedValuesOf(plan))) };
}

function evaluatedBy(evaluator: Evaluator, chosen: ReadonlyMap<string, number> = new Map()): Evaluated {
  const choices: Choices = { chosen, found: new Map() };
  return {
    written: (instance, view) => {
      const block = evaluator.resourceBlock(instance);
      return block && writtenInConfiguration([block], addressOf(instance), { view, choices });
    },
    providerSetting: (instance, setting, view) => valueFrom(evaluator.providerSetting(instance, setting), view),
    choices: () => choices.found,
    choose: (more) => evaluatedBy(evaluator, new Map([...chosen, ...more])),
  };
}

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
