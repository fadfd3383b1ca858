// Text that would be a command of a build server is none once it is printed.

import { describe, expect, test } from "vitest";
import { html } from "../../src/report/html.ts";
import {
  commandSyntaxes,
  loggable,
  ownCommands,
  withoutCommands,
  withoutInlineCommands,
} from "../../src/report/log-commands.ts";
import { markdown } from "../../src/report/markdown.ts";
import { colored } from "../../src/report/style.ts";
import { atLineStarts, commands, commandsIn, hostileText } from "../support/log-commands.ts";
import { planNames, reportOn } from "../support/report.ts";

describe("a command", () => {
  test.each(commandSyntaxes.map((one) => [one.server, one] as const))(
    "of %s is looked for, and is none any more",
    (_, { example }) => {
      expect(commandsIn(atLineStarts(example))).not.toEqual([]);
      expect(commandsIn(loggable(atLineStarts(example)))).toEqual([]);
    },
  );

  test.each(commands)("%j is none any more, and can be read back", (command) => {
    const shown = loggable(`  ${command}`);
    expect(commandsIn(shown)).toEqual([]);
    expect(shown.replace(/\\u([0-9a-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))).toBe(
      `  ${command}`,
    );
  });

  test("is one in the middle of a line only where the server says so", () => {
    const middle = "see ::error::x, a --- b, a ``` b";
    expect(loggable(middle)).toBe(middle);
    expect(loggable("see ##[group]x ##vso[a.b]y a##teamcity[z")).toBe(
      "see #\\u0023[group]x #\\u0023vso[a.b]y a#\\u0023teamcity[z",
    );
    expect(loggable("###[x] ####vso[y]")).toBe("##\\u0023[x] ###\\u0023vso[y]");
    expect(loggable("a travis_fold:end:x section_start:1:x")).toBe("a travis_fold\\u003aend:x section_start\\u003a1:x");
  });

  test.each([
    "- item",
    "-- option",
    "a: b",
    ": b",
    "# title",
    "## title",
    "##",
    "# [x]",
    "^ here",
    "~1.2",
    "`code`",
    "section_starts",
  ])("%j is none", (text) => expect(loggable(text)).toBe(text));

  test("stays one where the format says so, at the start of its line alone", () => {
    const lines = "::error file=a::##[x]\n::group::x\n ::error file=b::c";
    expect(loggable(lines, ownCommands.github)).toBe(
      "::error file=a::#\\u0023[x]\n\\u003a:group::x\n \\u003a:error file=b::c",
    );
    expect(loggable("##vso[task.complete result=Failed;]##vso[x.y]z\n##vso[task.setvariable]", ownCommands.azure)).toBe(
      "##vso[task.complete result=Failed;]#\\u0023vso[x.y]z\n#\\u0023vso[task.setvariable]",
    );
  });
});

test("colours of the program stay, no others do", () => {
  const own = Object.values(colored)
    .map((paint) => paint("x"))
    .join("");
  expect(loggable(own)).toBe(own);
  expect(loggable("\u001b[8mha:x\u001b[0m\u001b[38;5;1mx")).toBe("\\u001b[8mha:x\\u001b[0m\\u001b[38;5;1mx");
  expect(loggable(colored.bold("::error::x"))).toBe("\u001b[1m\\u003a:error::x\u001b[22m");
});

test("is the same the second time", () => {
  const once = loggable(hostileText);
  expect(loggable(once)).toBe(once);
  expect(withoutCommands(once)).toBe(once);
  expect(withoutInlineCommands(once)).toBe(once);
});

test("keeps the value of JSON", () => {
  const value = { [hostileText]: [hostileText, "\\##[x", "#", "\\\\"] };
  for (const space of [0, 2]) expect(JSON.parse(loggable(JSON.stringify(value, null, space)))).toEqual(value);
});

test("long texts without a command stay as they are", () => {
  const long = ["# ".repeat(200_000), "##a".repeat(60_000), `${" ".repeat(200_000)}x`, "travis_fold".repeat(20_000)];
  for (const text of long) expect(loggable(text) === text).toBe(true);
});

test.each(planNames.slice(0, 20))("changes nothing of what the program itself writes: %s", (name) => {
  const report = reportOn(name);
  for (const reporter of [html({ policies: [] }), markdown()]) {
    const text = reporter(report);
    expect(loggable(text)).toBe(text);
  }
});
