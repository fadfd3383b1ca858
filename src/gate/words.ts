// Text → words as a shell splits it, for the arguments that TF_CLI_ARGS holds.

import { InputError } from "../input-error.ts";

const word = /(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+/gs;
const quoted = /\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"/gs;

/** Terraform reads no further than an operator, and OpenTofu may come to read otherwise: there is no safe guess. */
const operator = /[;&|<>()`]/;

/** The words of an environment variable. Refuses text of which Terraform's own reading is not certain. */
export function wordsOf(text: string, variable: string): string[] {
  const bare = text.replace(quoted, "");
  if (operator.test(bare) || /['"\\]/.test(bare)) {
    throw new InputError(
      `${variable} holds an operator of the shell, or a quote that is not closed.`,
      `Put quotes around each argument in ${variable}`,
    );
  }
  return (text.match(word) ?? []).map(unquoted);
}

const unquoted = (text: string): string =>
  text.replace(
    quoted,
    (_, escaped?: string, single?: string, double?: string) =>
      escaped ?? single ?? (double ?? "").replace(/\\(.)/gs, "$1"),
  );
