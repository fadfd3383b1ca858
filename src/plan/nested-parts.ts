// The parts of a plan that nest: values of resources, masks, expressions and blocks. Written for speed, as they are most of a
// plan: a compiled schema takes five times as long, and notes the place of each part before anything is wrong with it.

import type { ModuleConfig, PlanJson, StateJson } from "./plan.ts";

/** Throws a RangeError where a value has more than `maxLevels`. */
export const checkLevels = (value: unknown): void => measure(value, maxLevels);

/** A part of a wrong shape. */
export interface WrongPart {
  /** JSON pointer from what was asked about. */
  readonly at: string;
  /** "must be object" */
  readonly must: string;
}

/** Modules take three levels each, and what a provider plans a few dozen. What walks a plan goes down as deep. */
export const maxLevels = 500;

/**
 * The first mask or expression of a plan that has a wrong shape; all around them is known to be right. Throws a RangeError
 * where a part has more than `maxLevels`.
 */
export function wrongPartOfPlan(plan: PlanJson): WrongPart | undefined {
  const { configuration, prior_state: prior } = plan;
  const changes = (name: string, list: readonly { readonly change: object }[] | undefined, below = "") =>
    firstOf(list, `/${name}`, ({ change }) => under(`${below}/change`, wrongMaskIn(change)));
  checkLevels(plan.variables);
  return (
    changes("resource_changes", plan.resource_changes) ??
    changes(
      "deferred_changes",
      plan.deferred_changes?.map((one) => one.resource_change),
      "/resource_change",
    ) ??
    under("/prior_state/values/root_module", prior?.values?.root_module && wrongInState(prior.values.root_module)) ??
    firstOf(configuration?.provider_config, "/configuration/provider_config", ({ expressions }) =>
      under("/expressions", wrongBlock(expressions)),
    ) ??
    under("/configuration/root_module", configuration?.root_module && wrongInModule(configuration.root_module))
  );
}

/** The first mask of a state that has a wrong shape. */
export const wrongPartOfState = ({ values }: StateJson): WrongPart | undefined =>
  under("/values/root_module", values?.root_module && wrongInState(values.root_module));

// --- masks

const masks = ["after_unknown", "before_sensitive", "after_sensitive", "sensitive_values"];

const values = ["before", "after", "values"];

/** Where in it is left out: keys of values can be secret. */
function wrongMaskIn(holder: object): WrongPart | undefined {
  const parts = holder as { readonly [name: string]: unknown };
  for (const one of values) checkLevels(parts[one]);
  const name = masks.find((one) => parts[one] !== undefined && !isMask(parts[one], maxLevels));
  return name === undefined ? undefined : { at: `/${name}`, must: "must be boolean or array or object" };
}

function isMask(mask: unknown, levels: number): boolean {
  if (typeof mask !== "object" || mask === null) return typeof mask === "boolean";
  if (levels === 0) throw tooDeep();
  for (const step in mask) if (!isMask((mask as { readonly [step: string]: unknown })[step], levels - 1)) return false;
  return true;
}

/** What providers plan is any JSON. */
function measure(value: unknown, levels: number): void {
  if (typeof value !== "object" || value === null) return;
  if (levels === 0) throw tooDeep();
  for (const name in value) {
    const item = (value as { readonly [name: string]: unknown })[name];
    if (typeof item === "object" && item !== null) measure(item, levels - 1);
  }
}

const tooDeep = () => new RangeError(`more than ${maxLevels} levels`);

type StateModule = NonNullable<NonNullable<StateJson["values"]>["root_module"]>;

function wrongInState(module: StateModule, levels = maxLevels): WrongPart | undefined {
  if (levels <= 0) throw tooDeep();
  return (
    firstOf(module.resources, "/resources", wrongMaskIn) ??
    firstOf(module.child_modules, "/child_modules", (child) => wrongInState(child, levels - 3))
  );
}

// --- expressions

function wrongInModule(module: ModuleConfig, levels = maxLevels): WrongPart | undefined {
  if (levels <= 0) throw tooDeep();
  measure(module.variables, levels);
  const wrongRepeated = (one: Repeated): WrongPart | undefined =>
    under("/expressions", wrongBlock(one.expressions)) ??
    under("/count_expression", wrongExpression(one.count_expression)) ??
    under("/for_each_expression", wrongExpression(one.for_each_expression));
  return (
    firstOf(module.resources, "/resources", wrongRepeated) ??
    firstOf(module.outputs, "/outputs", ({ expression }) => under("/expression", wrongExpression(expression))) ??
    firstOf(
      module.module_calls,
      "/module_calls",
      (call) => wrongRepeated(call) ?? under("/module", call.module && wrongInModule(call.module, levels - 3)),
    )
  );
}

interface Repeated {
  readonly expressions?: unknown;
  readonly count_expression?: unknown;
  readonly for_each_expression?: unknown;
}

/** Attributes and blocks of any name. */
function wrongBlock(block: unknown, levels = maxLevels): WrongPart | undefined {
  if (block === undefined) return undefined;
  if (typeof block !== "object" || block === null || Array.isArray(block)) return { at: "", must: "must be object" };
  return firstOf(block as { readonly [name: string]: unknown }, "", (one) => wrongExpression(one ?? null, levels - 1));
}

/** An expression, a block, or a list of blocks. */
function wrongExpression(written: unknown, levels = maxLevels): WrongPart | undefined {
  if (written === undefined) return undefined;
  if (levels <= 0) throw tooDeep();
  if (typeof written !== "object" || written === null) return { at: "", must: "must be object or array" };
  if (Array.isArray(written)) return firstOf(written, "", (one) => wrongBlock(one ?? null, levels - 1));
  for (const name in written) {
    const part = (written as { readonly [name: string]: unknown })[name];
    // What an expression refers to is unknown where it is no list of texts: see readExpression.
    if (name === "references") continue;
    if (name === "constant_value") measure(part, levels);
    else {
      const wrong = wrongExpression(part ?? null, levels - 1);
      if (wrong) return under(`/${name}`, wrong);
    }
  }
  return undefined;
}

// --- places

const under = (place: string, wrong: WrongPart | undefined): WrongPart | undefined =>
  wrong && { ...wrong, at: place + wrong.at };

/** The first wrong part of the items of a list or a map. */
function firstOf<T>(
  items: readonly T[] | { readonly [name: string]: T } | undefined,
  place: string,
  wrongIn: (item: T) => WrongPart | undefined,
): WrongPart | undefined {
  for (const step in items) {
    const wrong = wrongIn((items as { readonly [step: string]: T })[step] as T);
    if (wrong) return under(`${place}/${step}`, wrong);
  }
  return undefined;
}
