// Values that Terraform knows and synthesis does not: cdktf's tokens, and where they are refused.

import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { Construct } from "constructs";

/** Whether a value, or a part of a text, is known to Terraform alone. */
export const isToken = (value: unknown): boolean =>
  Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));

/** A value with its tokens as Terraform's expressions: the same in each synthesis, while the numbers of tokens are not. */
export const expressionOf = (scope: Construct, value: unknown): unknown =>
  Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });

/** Refuses a token where the value decides what is made. `effect` says what the value decides. */
export function tokenErrors(scope: Construct, name: string, value: unknown, effect: string): string[] {
  if (!isToken(value)) return [];
  const expression = JSON.stringify(expressionOf(scope, value));
  return [
    `${name} is a token, ${expression}, but it decides ${effect}: write a constant, or read it at synthesis (process.env).`,
  ];
}

/** Refuses a value that is not in a list, for those who bypass the types. */
export function choiceErrors(scope: Construct, name: string, value: unknown, choices: readonly string[]): string[] {
  if (typeof value !== "string" || choices.includes(value)) return [];
  return isToken(value)
    ? tokenErrors(scope, name, value, "whether the plan is secure")
    : [`${name} ${value}: choose ${choices.join(", ")}.`];
}
