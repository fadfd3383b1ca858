// Looks for commands of build servers in what was printed, as the servers do; it shares no code with what prevents them.

import { controlsIn } from "./report.ts";

/** One of each: what a plan, a path or a configuration tries to print. */
export const commands: readonly string[] = [
  "::error file=a.tf,line=1::owned",
  "::stop-commands::owned",
  "##[add-mask]owned",
  "##[group]owned",
  "##vso[task.complete result=Succeeded;]owned",
  "##teamcity[buildStatus status='SUCCESS']",
  "##octopus[setVariable name='eA==' value='eQ==']",
  "section_start:1560896352:owned",
  "section_end:1560896352:owned",
  "travis_fold:start:owned",
  "travis_time:start:owned",
  "--- owned",
  "+++ owned",
  "~~~ owned",
  "^^^ +++",
  "``` owned",
  "\u001b[8mha:////4KHKbEbdE5CFYy\u001b[0m",
  "\u001b]1338;url='https://owned.example/a.png'\u0007",
  "\u001b]8;;https://owned.example\u001b\\owned\u001b]8;;\u001b\\",
  "\u001b]52;c;b3duZWQ=\u0007",
  "\u009b31mowned",
];

/** What can bring a text to the start of a line, for one reader or another. */
const starts = [
  "",
  "\n",
  "\r",
  "\r\n",
  "\u2028",
  "\u2029",
  "\u0085",
  "\v",
  "\f",
  "\n\t ",
  "\n\u00a0",
  "\n\u001b[31m",
  " ",
];

/** A command, at the start of a line for every reader. */
export const atLineStarts = (command: string): string => starts.map((start) => start + command).join("");

/** All of them, and what is not seen. */
export const hostileText = `${commands.map(atLineStarts).join(" ")} \u202eowned\u2066 z\u200be\u2060r\ufeffo`;

const inline = [
  "##[",
  "##vso[",
  "##teamcity[",
  "##octopus[",
  "section_start:",
  "section_end:",
  "travis_fold:",
  "travis_time:",
];
const heads = ["::", "---", "+++", "~~~", "^^^", "```"];

/** What is found in a text, each with its line. `own`: a line that is a command of the program, and how its text is read. */
export function commandsIn(text: string, own?: RegExp): string[] {
  const invisible = text.match(/[\u200b\u2060-\u2064\ufeff\u00ad]/gu) ?? [];
  // Colours are the program's own, where any are asked for.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with one
  const plain = text.replace(/\u001b\[\d+m/g, "");
  return [
    ...[...controlsIn(plain).filter((one) => one !== "\t"), ...invisible].map(
      (one) => `U+${one.charCodeAt(0).toString(16)}`,
    ),
    ...plain.split("\n").flatMap((line) => {
      const rest = line.replace(own ?? /^(?!)/, "");
      const isOwn = rest !== line;
      const found = [
        ...inline.filter((one) => rest.includes(one)),
        ...heads.filter((one) => !isOwn && line.trimStart().startsWith(one)),
      ];
      return found.map((one) => `${one} in ${line}`);
    }),
  ];
}
