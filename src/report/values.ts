// The value tables: what each name in a provider's configuration means, and the page that says so.

import { lines } from "./lines.ts";
import type { Screen } from "./style.ts";

export interface ValueTable {
  readonly provider: string;
  /** As its file is named: "load-balancer". */
  readonly service: string;
  /** The attribute, and what there is to say of it. */
  readonly about: string;
  /** Pages that it was read from. */
  readonly sources: readonly string[];
  /** By name, in the model's words. */
  readonly values: { readonly [name: string]: Meaning };
}

type Plain = string | number | boolean | null;

type Meaning = Plain | readonly Plain[] | { readonly [part: string]: Plain | readonly Plain[] };

export const valuesJson = (tables: readonly ValueTable[]): string => `${JSON.stringify(tables, null, 2)}\n`;

export const valuesText = (tables: readonly ValueTable[], screen: Screen): string =>
  tables.map((table) => `${tableLines(table, screen).join("\n")}\n`).join("\n");

function tableLines({ provider, service, about, sources, values }: ValueTable, { style, width }: Screen): string[] {
  const widest = Math.max(...Object.keys(values).map((name) => name.length));
  return [
    ...lines([[`${provider}/${service}`, style.bold], about], { width, rest: 2 }),
    ...sources.flatMap((source) => lines([[source, style.dim]], { width, first: 2 })),
    ...Object.entries(values).map(([name, meaning]) => `  ${style.cyan(name.padEnd(widest))}  ${meaningOf(meaning)}`),
  ];
}

/** Parts of a meaning that read better as words of their own. */
const words: { readonly [part: string]: (value: unknown) => string } = {
  minimumTls: (version) => `${version} or newer`,
  forwardSecrecy: (isSo) => (isSo ? "forward secrecy" : "no forward secrecy"),
  ecdheAes: (isSo) => (isSo ? "ECDHE with AES offered" : "no ECDHE with AES"),
  aeadOnly: (isSo) => (isSo ? "AEAD only" : "CBC or older suites"),
};

/** "TLS 1.2 or newer, no forward secrecy, CBC or older suites" */
export function meaningOf(meaning: Meaning): string {
  if (typeof meaning === "boolean") return meaning ? "yes" : "no";
  if (typeof meaning !== "object" || meaning === null) return String(meaning);
  if (isList(meaning)) return meaning.map(meaningOf).join(", ");
  const parts = Object.entries(meaning).map(([part, value]) =>
    Object.hasOwn(words, part) ? words[part]?.(value) : `${part}: ${meaningOf(value)}`,
  );
  return parts.join(", ");
}

const isList = (meaning: object): meaning is readonly Plain[] => Array.isArray(meaning);
