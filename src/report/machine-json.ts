// JSON for machines whose log is read for commands while it is printed.

import { printable } from "./printable.ts";

/**
 * No control character as it is, and no `##`, which starts a command anywhere in a line of a build log
 * (`##vso[`, `##[`: https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands). The same value.
 */
export const machineJson = (value: unknown): string =>
  `${printable(JSON.stringify(value, null, 2)).replaceAll("##", "#\\u0023")}\n`;
