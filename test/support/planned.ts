// What a plan's JSON says about instances, as the evaluator of the configuration asks for it.

import type { Json, JsonObject, Mask } from "../../src/hcl/json.ts";
import type { InstanceId, InstanceKey, PlannedInstance, PlannedValues, ResourceId } from "../../src/hcl/planned.ts";
import { modulePrefix, parseModuleAddress } from "../../src/plan/address.ts";

interface ResourceHead {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: InstanceKey;
}

interface ResourceChange extends ResourceHead {
  readonly module_address?: string;
  readonly deposed?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after?: JsonObject | null;
    readonly after_unknown?: Mask;
    readonly after_sensitive?: Mask;
  };
}

interface StateModule {
  readonly address?: string;
  readonly resources?: readonly (ResourceHead & { readonly values?: JsonObject; readonly sensitive_values?: Mask })[];
  readonly child_modules?: readonly StateModule[];
}

export interface RawPlan {
  readonly variables?: { readonly [name: string]: { readonly value?: Json } };
  readonly resource_changes?: readonly ResourceChange[];
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly output_changes?: { readonly [name: string]: { readonly after?: Json; readonly after_unknown?: Mask } };
  readonly timestamp?: string;
}

/** An instance of a plan, and the identity by which the evaluator knows it. */
export interface IdentifiedInstance {
  readonly id: InstanceId;
  readonly planned: PlannedInstance;
}

const resourceKey = ({ module: steps, mode, type, name }: ResourceId): string =>
  `${modulePrefix(steps)}${mode}.${type}.${name}`;

export function instancesOf(plan: RawPlan): readonly IdentifiedInstance[] {
  const made = (
    head: ResourceHead,
    moduleAddress: string | undefined,
    planned: Omit<PlannedInstance, "address" | "key">,
  ) => ({
    id: {
      module: parseModuleAddress(moduleAddress),
      mode: head.mode,
      type: head.type,
      name: head.name,
      key: head.index,
    },
    planned: { address: head.address, key: head.index, ...planned },
  });
  const changed = (plan.resource_changes ?? [])
    .filter(({ change, deposed }) => deposed === undefined && (change.after || change.after_unknown === true))
    .map((one) =>
      made(one, one.module_address, {
        values: one.change.after ?? {},
        unknown: one.change.after_unknown ?? false,
        sensitive: one.change.after_sensitive ?? false,
      }),
    );
  const seen = new Set(changed.map(({ planned }) => planned.address));
  const inState = (module: StateModule | undefined): IdentifiedInstance[] =>
    module
      ? [
          ...(module.resources ?? [])
            .filter(({ address, mode }) => mode === "data" && !seen.has(address))
            .map((one) =>
              made(one, module.address, {
                values: one.values ?? {},
                unknown: false,
                sensitive: one.sensitive_values ?? false,
              }),
            ),
          ...(module.child_modules ?? []).flatMap(inState),
        ]
      : [];
  return [...changed, ...inState(plan.prior_state?.values?.root_module)];
}

export function plannedValuesOf(plan: RawPlan): PlannedValues {
  const instances = instancesOf(plan);
  const byResource = new Map<string, IdentifiedInstance[]>();
  for (const instance of instances) {
    const key = resourceKey(instance.id);
    byResource.set(key, [...(byResource.get(key) ?? []), instance]);
  }
  return {
    instances: (resource) => (byResource.get(resourceKey(resource)) ?? []).map(({ planned }) => planned),
    moduleKeys: (parent, name) => {
      const prefix = modulePrefix(parent);
      const keys = instances.flatMap(({ id }) => {
        const step = id.module[parent.length];
        return step?.name === name && modulePrefix(id.module.slice(0, parent.length)) === prefix ? [step.key] : [];
      });
      return [...new Set(keys)];
    },
    variables: Object.fromEntries(
      Object.entries(plan.variables ?? {}).map(([name, { value }]) => [name, value ?? null]),
    ),
    timestamp: plan.timestamp,
  };
}
