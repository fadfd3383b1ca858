// HTML from templates: whatever is put into one is escaped, unless it is markup itself.

import { createHash } from "node:crypto";
import { withoutCommands } from "../log-commands.ts";
import { onOneLine } from "../printable.ts";

const written = Symbol("markup");

/** No data from a plan can pass for it: its key is a symbol, which JSON does not have. */
export interface Markup {
  readonly [written]: string;
}

export type Content = Markup | string | number | false | null | undefined | readonly Content[];

/** Contents may stand between tags and in attributes that are quoted; nowhere else. */
export const markup = (texts: TemplateStringsArray, ...contents: readonly Content[]): Markup => ({
  [written]: texts.map((text, index) => text + htmlOf(contents[index])).join(""),
});

/** As it is; only for what this project has written itself. */
export const trusted = (text: string): Markup => ({ [written]: text });

/** Control characters are shown, and reorder nothing; the rest is what HTML asks to be escaped. */
export function htmlOf(content: Content): string {
  if (content === undefined || content === null || content === false) return "";
  if (isList(content)) return content.map(htmlOf).join("");
  if (typeof content === "object" && written in content) return content[written];
  return withoutCommands(onOneLine(String(content)).replace(/[&<>"'`]/g, entity), entity);
}

const entity = (character: string): string => `&#${character.charCodeAt(0)};`;

const isList = (content: Content): content is readonly Content[] => Array.isArray(content);

/** A style or a script as a Content-Security-Policy names it. */
export const hashSource = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
