// The reporters that are loaded when their format is asked for, by name.

import type { Policy } from "../policy.ts";
import { atlantis } from "./atlantis.ts";
import { azure } from "./azure.ts";
import type { others } from "./formats.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { html } from "./html.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { ndjson } from "./ndjson.ts";
import type { Reporter } from "./report.ts";
import { sarif } from "./sarif.ts";

export interface ReportContext {
  readonly policies: readonly Policy[];
  /** Tells reports of one commit apart, such as a stack's name. */
  readonly category: string | undefined;
  /** The working directory from the root of the repository. */
  readonly directory: string | undefined;
  /** Where sources can be read: `https://github.com/OWNER/REPO/blob/COMMIT`. */
  readonly base: string | undefined;
}

export const reporters: { readonly [format in (typeof others)[number]]: (context: ReportContext) => Reporter } = {
  sarif,
  junit: () => junit,
  github,
  markdown: ({ category, ...context }) => markdown({ ...context, key: category }),
  gitlab,
  azure,
  atlantis: () => atlantis,
  ndjson: () => ndjson,
  html,
};
