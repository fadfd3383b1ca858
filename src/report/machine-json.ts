// JSON for machines whose log is read for commands while it is printed.

import { withoutCommands } from "./log-commands.ts";
import { printable } from "./printable.ts";

/** The same value, with no control character as it is, and nothing that a build server takes for a command. */
export const machineJson = (value: unknown): string => `${machineJsonText(JSON.stringify(value, null, 2))}\n`;

/** The same of a text that is JSON. */
export const machineJsonText = (text: string): string => withoutCommands(printable(text)).replaceAll("##", "#\\u0023");
