// How a block is written, by the configuration itself: what its expressions evaluate to.

import { because, type Cause } from "../cause.ts";
import { convert } from "../hcl/convert.ts";
import { blocksAt, type ExpandedBlock } from "../hcl/evaluator.ts";
import { encodedParts } from "../hcl/functions/encoding.ts";
import {
  type AttributeReference,
  isWhollyKnown,
  jsonOf,
  type TemplateValue,
  type Value,
  withoutElement,
} from "../hcl/value.ts";
import { type DisplayText, joinText, nameText, quotedText, text } from "../text.ts";
import type { Step } from "./address.ts";
import {
  type BlockConfig,
  type Choice,
  hiddenConfig,
  type ResolvedValue,
  sourceOf,
  type Template,
} from "./block-config.ts";
import { eitherLink, identify, isTarget, type Link, type Targets } from "./link.ts";
import { masksAny } from "./mask.ts";
import { once, onceEach } from "./once.ts";
import type { Json, Mask } from "./plan.ts";
import { describeOrigin, isKnownLeaf, isSensitiveLeaf, type Leaf, leafValue } from "./reference.ts";
import { absent, known, type Value as PlanValue, unknown } from "./value.ts";
import type { View } from "./view.ts";

/** Values that are one of several. */
export interface Choices {
  /** By their places: which candidate is taken. */
  readonly chosen: ReadonlyMap<string, number>;
  /** By their places: how many candidates there are. */
  readonly found: Map<string, Choice>;
}

export interface Context {
  readonly view: View;
  readonly choices: Choices;
  /** Whether an attribute that is computed from a configuration alone is shown by what it comes from, even where it is alone. */
  readonly showsComputed?: boolean;
  /** Names the resource instance. */
  readonly resource: string;
}

/** One that is written by one of these blocks; `open`: why it can be another one too. */
export function configFromConfiguration(
  candidates: readonly ExpandedBlock[],
  at: string,
  context: Context,
  open?: Cause,
): BlockConfig {
  const { view } = context;
  const valuesOf = onceEach((name: string) =>
    candidates.map((one) => chooseCandidate(one.attribute(name), `${at}.${name}`, context)),
  );
  const openLeaves = once((): readonly Leaf[] => (open ? [opaque("another block", open)] : []));
  const leaves = onceEach((name: string): readonly Leaf[] => {
    const values = valuesOf(name);
    return [...values.flatMap((value) => (value ? leavesOf(value, view) : [])), ...openLeaves()];
  });
  const listsOf = onceEach((name: string) => candidates.map((one) => one.blocks(name)));
  return {
    isShown: true,
    has: (name) =>
      open !== undefined ||
      valuesOf(name).some((value) => value !== undefined) ||
      listsOf(name).some(({ blocks, open: more }) => blocks.length > 0 || more !== undefined),
    isConstant: (name, constant) => {
      const values = valuesOf(name);
      return !open && values.length > 0 && values.every((value) => value && isConstant(value, constant));
    },
    leaves,
    cause: (name) => causeOfLeaves(leaves(name)),
    link: (name, targets) => {
      // Of blocks that look alike, one that is written as a constant is none whose value is unknown.
      const late = valuesOf(name).flatMap((value) => (value && !isLiteral(value) ? leavesOf(value, view) : []));
      return linkByValue([...late, ...openLeaves()], targets, view);
    },
    resolvedValue: onceEach((name): ResolvedValue | undefined => {
      const [first, ...others] = valuesOf(name);
      if (!first || open) return undefined;
      const settled = resolvedValueOf(first);
      const isShared = others.every(
        (other) => other && JSON.stringify(resolvedValueOf(other)) === JSON.stringify(settled),
      );
      return isShared ? settled : undefined;
    }),
    templates: (name) => {
      const [value, another] = valuesOf(name);
      if (!value || another || open) return [];
      const texts = value.kind === "sequence" ? value.elements : [value];
      return texts.map((one) => (context.showsComputed ? templateOf(one, view) : templateFrom(one, view)));
    },
    blocks: (name, planned, { masks }) => {
      const lists = listsOf(name);
      const more = open ?? causeOf(lists);
      return planned.map((_, index) => {
        const chosen = lists.flatMap(({ blocks }) => blocksAt(blocks, planned, masks, index));
        const isWritten = lists.some(({ blocks }) => blocks.length > 0);
        if (!isWritten && !more) return providerConfig;
        const cause = chosen.length > 0 ? more : (more ?? causeFrom({ kind: "mismatch" }));
        return configFromConfiguration(chosen, `${at}.${name}[${index}]`, context, cause);
      });
    },
    unplannedBlocks: (name) => {
      const [list, another] = listsOf(name);
      if (!list || another || open || list.open) return undefined;
      return list.blocks.map((one, index) => configFromConfiguration([one], `${at}.${name}[${index}]`, context));
    },
    any: (name) => {
      const lists = listsOf(name);
      const more = open ?? causeOf(lists) ?? because`the plan does not show which of the blocks it is`;
      return configFromConfiguration(
        lists.flatMap(({ blocks }) => blocks),
        `${at}.${name}`,
        context,
        more,
      );
    },
  };
}

/** A block that nobody has written: what it will hold, the provider decides. */
const providerConfig: BlockConfig = { ...hiddenConfig, cause: () => ({ reason: "after-apply" }) };

/** The candidate that is chosen at a place, or the value itself. */
export function chooseCandidate<T extends Value | undefined>(
  value: T,
  at: string,
  { choices, resource }: Pick<Context, "choices" | "resource">,
): T | Value {
  if (value?.kind !== "candidates") return value;
  const { chosen, found } = choices;
  const index = chosen.get(at);
  if (index === undefined) found.set(at, { count: value.values.length, resource });
  return index === undefined ? value : (value.values[index] ?? value);
}

const causeOf = (lists: readonly ReturnType<ExpandedBlock["blocks"]>[]): Cause | undefined => {
  const found = lists.find(({ open }) => open !== undefined)?.open;
  return found && causeFrom(found);
};

const isLiteral = (value: Value): boolean => value.reference === undefined && isWhollyKnown(value);

const isConstant = (value: Value, constant: null | ""): boolean =>
  constant === null ? value.kind === "null" : value.kind === "string" && value.text === "";

// --- what a value comes from

const opaque = (reference: string, cause: Cause): Leaf => ({ kind: "opaque", via: reference, reference, cause });

const addressOf = ({ instance, path }: AttributeReference): string =>
  instance + path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");

const stepOf = (step: string | number): Step => (typeof step === "number" ? { key: step } : { name: step });

/** What a value of the configuration is, or can be. */
export function leavesOf(value: Value, view: View, isInSecret: boolean = false): readonly Leaf[] {
  const secret = isInSecret || value.sensitive === true;
  if (value.kind === "candidates") return value.values.flatMap((one) => leavesOf(one, view, secret));
  if (value.kind === "sequence" && !isWhollyKnown(value))
    return value.elements.flatMap((one) => leavesOf(one, view, secret));
  const { reference } = value;
  const enclosed = value.kind === "template" && !reference && enclosedIn(value);
  if (enclosed) return leavesOf(enclosed, view, secret);
  if (reference) {
    const resource = view.at(reference.instance);
    const address = addressOf(secret ? withoutElement(reference) : reference);
    if (!resource) return [opaque(address, because`${nameText(address)} is not in the plan`)];
    const attribute = reference.path.map(stepOf);
    return [
      { kind: "resource", resource, attribute, via: address, reference: address, ...(secret && { sensitive: true }) },
    ];
  }
  const json = jsonOf(value);
  if (json !== undefined) {
    return [{ kind: "constant", value: json, sensitive: secret, via: "a constant", reference: "a constant" }];
  }
  const [origin] = value.origins ?? [];
  const name = value.kind === "unknown" && value.cause.kind === "not-in-plan" ? value.cause.name : "an expression";
  return [opaque(origin ? addressOf(origin) : name, causeOfValue(value))];
}

/**
 * Of a text around one value that is not known yet, such as a URL with a host, that is what it leads to, if it stands there
 * as a whole: `"${aws_s3_bucket.site.id}-logs"` is another bucket.
 */
function enclosedIn({ parts }: TemplateValue): Value | undefined {
  const [hole, another] = parts.filter((part) => !isWhollyKnown(part));
  if (!hole || another) return undefined;
  const at = parts.indexOf(hole);
  const textOf = (some: readonly Value[]) => some.map((one) => (one.kind === "string" ? one.text : "")).join("");
  const [before, after] = [textOf(parts.slice(0, at)), textOf(parts.slice(at + 1))];
  const isWhole = (before === "" || /[/.]$/.test(before)) && (after === "" || /^[/:?]/.test(after));
  return isWhole ? hole : undefined;
}

/** The attribute that a text is, unchanged, where the plan does not show it; any other text with what it comes from. */
function templateFrom(value: Value, view: View): Template {
  const [leaf] = value.reference ? leavesOf(value, view) : [];
  return leaf && !isKnownLeaf(leaf) ? [sourceOf([leaf])] : templateOf(value, view);
}

/** A text with what it comes from in place of what is not known yet. */
function templateOf(value: Value, view: View): Template {
  switch (value.kind) {
    case "string":
      return [value.text];
    case "template":
      return value.parts.flatMap((part) => templateOf(part, view));
    case "number":
    case "boolean": {
      const text = convert(value, "string");
      return [text.kind === "string" ? text.text : undefined];
    }
    case "encoded":
      return encodedParts(value.value).flatMap((part) => templateOf(part, view));
    default:
      return [sourceOf(leavesOf(value, view))];
  }
}

// --- what it leads to

/** Each leaf is exact: several of them are candidates. */
function linkByValue(leaves: readonly Leaf[], targets: Targets, view: View): Link | undefined {
  const [first, ...others] = leaves.map((leaf): Link => {
    if (isTarget(leaf, targets)) {
      const hidesAttribute = leaf.attribute.length === 0 ? { hidesAttribute: true as const } : {};
      return { state: "found", resources: [leaf.resource], ...hidesAttribute };
    }
    const value = leafValue(leaf);
    if (value === undefined) return unknown(causeOfLeaves([leaf]));
    if (value === null || value === "") return absent;
    const resources = identify(view, targets, value);
    return resources.length > 0
      ? { state: "found", resources }
      : { state: "outside", value: known(value, isSensitiveLeaf(leaf)) };
  });
  if (!first) return undefined;
  if (others.some(({ state }) => state !== first.state)) return unknown(causeOfLeaves(leaves));
  return others.reduce(eitherLink, first);
}

// --- what a value holds

export function resolvedValueOf(value: Value): ResolvedValue {
  const sensitive = value.sensitive === true;
  switch (value.kind) {
    case "sequence": {
      const parts = value.elements.map(resolvedValueOf);
      return {
        value: parts.map((part) => part.value),
        unknown: parts.map((part) => part.unknown),
        sensitive: sensitive || parts.map((part) => part.sensitive),
      };
    }
    case "mapping": {
      const parts = [...value.entries].map(([name, one]) => [name, resolvedValueOf(one)] as const);
      const each = <T>(part: (one: ResolvedValue) => T) =>
        Object.fromEntries(parts.map(([name, one]) => [name, part(one)] as const));
      return {
        value: each((one) => one.value),
        unknown: each((one) => one.unknown),
        sensitive: sensitive || each((one) => one.sensitive),
      };
    }
    default: {
      const json: Json | undefined = jsonOf(value);
      const unknown: Mask = json === undefined;
      return { value: json ?? null, unknown, sensitive };
    }
  }
}

/** A value of the configuration as a plan would show it. */
export function planValueOf(value: Value, view: View): PlanValue {
  const { value: json, unknown: mask, sensitive } = resolvedValueOf(value);
  if (!masksAny(mask)) return json === null || json === "" ? absent : known(json, masksAny(sensitive));
  return unknown(causeOfLeaves(leavesOf(value, view)));
}

// --- why it is not known

function causeOfLeaves(leaves: readonly Leaf[]): Cause {
  const [only, another] = leaves;
  if (another) return { reason: "ambiguous", candidates: [...new Set(leaves.map(described))] };
  if (only?.kind === "opaque" && only.cause) return only.cause;
  return { reason: "after-apply", from: only?.kind === "resource" ? describeOrigin(only) : undefined };
}

/** One of several things that a value can be. */
function described(leaf: Leaf): DisplayText {
  if (leaf.kind !== "constant") return nameText(leaf.reference);
  return quotedText(known(leaf.value, isSensitiveLeaf(leaf)), text`a sensitive value`);
}

function causeOfValue(value: Value): Cause {
  if (value.kind === "unknown") {
    const { cause, origins = [] } = value;
    if (cause.kind !== "computed" && cause.kind !== "known-after-apply") return causeFrom(cause);
    const by = cause.kind === "computed" ? cause.by : undefined;
    const named = joinText(
      origins.slice(0, 3).map((one) => nameText(addressOf(one))),
      ", ",
    );
    const from = origins.length > 0 ? text`from ${named}` : undefined;
    return { reason: "after-apply", from, why: by === undefined ? undefined : text`by ${nameText(by)}` };
  }
  const [origin] = value.origins ?? [];
  return { reason: "after-apply", from: origin && text`from ${nameText(addressOf(origin))}` };
}

type HclCause = Extract<Value, { kind: "unknown" }>["cause"];

/** A cause of the evaluator in the words of reports. */
export function causeFrom(cause: HclCause): Cause {
  switch (cause.kind) {
    case "known-after-apply":
      return { reason: "after-apply" };
    case "computed":
      return { reason: "after-apply", why: text`by ${nameText(cause.by)}` };
    case "function":
      return because`a plan file does not hold what the function ${nameText(cause.name)} returns`;
    case "syntax": {
      const { file, line } = cause.position;
      return because`tlsgate could not read the configuration at ${nameText(`${file}:${line}`)}`;
    }
    case "not-in-plan":
      return because`${nameText(cause.name)} is not in the plan`;
    case "not-in-configuration":
      return because`${nameText(cause.name)} is not in the configuration`;
    case "ephemeral":
      return because`${nameText(cause.name)} is ephemeral, and no plan holds it`;
    case "type":
      return because`it depends on a type that a plan does not show (${nameText(cause.by)})`;
    case "cycle":
      return because`${nameText(cause.name)} refers to itself`;
    case "limit":
      return because`its expression is too large to evaluate`;
    case "mismatch":
    case "failed":
      return because`tlsgate evaluated its expression to something that the plan does not show; please report this as a bug`;
  }
}
