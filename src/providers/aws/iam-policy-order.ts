// The order in which the AWS provider writes the texts of a set, as far as they are known.

import type { Template } from "../../plan/block-config.ts";
import type { PolicyJson } from "./iam-policy-text.ts";

/** One text stands alone, several as a list. */
export const oneOrList = (texts: readonly Template[]): PolicyJson => {
  const [text, another] = texts;
  return text && !another ? { text } : texts.map((one) => ({ text: one }));
};

/** The texts of a set, each of them once. */
export const distinct = (texts: readonly Template[]): readonly Template[] =>
  texts.filter((one, index) => texts.findIndex((other) => compareTexts(one, other) === 0) === index);

/** Texts in descending order; undefined where what is not known yet decides. */
export function descending(texts: readonly Template[]): readonly Template[] | undefined {
  let isOpen = false;
  const sorted = [...texts].sort((one, other) => {
    const order = compareTexts(other, one);
    if (order === undefined) isOpen = true;
    return order ?? 0;
  });
  return isOpen ? undefined : sorted;
}

/** As Go compares strings. */
export const compareBytes = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The order of two texts; undefined where what is not known yet decides. */
export function compareTexts(one: Template, other: Template): number | undefined {
  const [parts, others] = [[...one], [...other]];
  for (;;) {
    while (parts[0] === "") parts.shift();
    while (others[0] === "") others.shift();
    if (parts.length === 0 && others.length === 0) return 0;
    // What is not known yet may be nothing as well.
    if (parts.length === 0) return typeof others[0] === "string" ? -1 : undefined;
    if (others.length === 0) return typeof parts[0] === "string" ? 1 : undefined;
    const [part, another] = [parts.shift(), others.shift()];
    if (typeof part === "string" && typeof another === "string") {
      const length = Math.min(part.length, another.length);
      if (part.slice(0, length) !== another.slice(0, length)) return compareBytes(part, another);
      parts.unshift(part.slice(length));
      others.unshift(another.slice(length));
    } else if (typeof part !== "object" || typeof another !== "object" || !isSame(part, another)) return undefined;
  }
}

type Source = Extract<Template[number], object>;

const isSame = (one: Source, other: Source): boolean =>
  one.resource === other.resource && one.attribute === other.attribute;
