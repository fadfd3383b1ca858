// The text of TF_CLI_ARGS → words.

import { expect, test } from "vitest";
import { wordsOf } from "../../src/gate/words.ts";

test.each<[string, readonly string[]]>([
  ["", []],
  ["  \n\t ", []],
  ["-a  -b=c\n-d", ["-a", "-b=c", "-d"]],
  ["-var 'a=b c'", ["-var", "a=b c"]],
  ['-var="a=b c"', ["-var=a=b c"]],
  ["''", [""]],
  ["a\\ b", ["a b"]],
  ['"a\\"b"', ['a"b']],
  ["'a\\b'", ["a\\b"]],
  ["'a'\"b\"c", ["abc"]],
  ["'a; b | c'", ["a; b | c"]],
  ['"it\'s"', ["it's"]],
])("%j is %j", (text, words) => expect(wordsOf(text, "TF_CLI_ARGS")).toEqual(words));

test.each(["a; b", "a & b", "a|b", "a > b", "$(a)", "`a`", "'a", '"a', "a\\"])("%j is refused", (text) => {
  expect(() => wordsOf(text, "TF_CLI_ARGS_apply")).toThrow("TF_CLI_ARGS_apply holds an operator of the shell");
});
