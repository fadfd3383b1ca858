// Text for people: no value of a plan becomes part of one without passing here, where a sensitive value is masked.

declare const display: unique symbol;

/** Text that may be printed. A plain string is none: it could be a sensitive value. */
export type DisplayText = string & { readonly [display]: true };

/** Words of the program, such as "TLS 1.2", and text that may be printed; not a plain string. */
type DisplayPart<P> = P extends string ? (string extends P ? never : P) : P;

/** A template tag that makes something of a sentence. */
export type Sentence<T> = <const P extends readonly (string | number)[]>(
  strings: TemplateStringsArray,
  ...parts: P & { readonly [I in keyof P]: DisplayPart<P[I]> }
) => T;

/** Writes a sentence: text`accepts ${version}`. */
export const text: Sentence<DisplayText> = (strings, ...parts) =>
  strings.reduce((before, after, index) => `${before}${parts[index - 1]}${after}`) as DisplayText;

/** A name that the configuration gives, such as an address, an attribute or a type. Terraform allows no sensitive value there. */
export const nameText = (name: string): DisplayText => name as DisplayText;

/** Joins texts. */
export const joinText = (texts: readonly DisplayText[], separator: ", " | " " | "; "): DisplayText =>
  texts.join(separator) as DisplayText;

/** A planned value of any kind: plan/value.ts. */
type PlannedValue<T> =
  | { readonly state: "known"; readonly value: T; readonly sensitive?: true | undefined }
  | { readonly state: "unknown" | "absent" };

/** A value that may be printed; undefined where it is sensitive, absent or unknown. */
export const printableValue = <T>(value: PlannedValue<T> | undefined): T | undefined =>
  value?.state === "known" && !value.sensitive ? value.value : undefined;

/** A value as text, or `instead` where it is sensitive, absent or unknown. */
export function valueText<I>(value: PlannedValue<unknown> | undefined, instead: I): DisplayText | I {
  const shown = printableValue(value);
  return shown === undefined ? instead : (String(shown) as DisplayText);
}

/** A value as JSON writes it, or `instead` where it is sensitive, absent or unknown. */
export function quotedText(value: PlannedValue<unknown>, instead: DisplayText): DisplayText {
  const shown = printableValue(value);
  return shown === undefined ? instead : (JSON.stringify(shown) as DisplayText);
}

/** A module package in words: its source, and its version where it has one. */
export const moduleText = ({
  source,
  version,
}: {
  readonly source: string;
  readonly version: string | null;
}): string => (version === null ? source : `${source} ${version}`);
