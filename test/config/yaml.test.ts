// YAML as it is read, and where waivers stand in it: what is said of one points at its line, or at that of the key that is wrong.

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { loadConfig, type Sought } from "../../src/config/load.ts";
import { settingsOf } from "../../src/config/settings.ts";
import { waiverNotices } from "../../src/findings/waiver-notices.ts";
import { commitAll, git, temporaryHome, writeFiles } from "../support/pull-request.ts";

const home = temporaryHome();
const write = (files: { readonly [path: string]: string }) => writeFiles(home(), files);

beforeEach(() => {
  git(home(), "init", "--quiet", "--initial-branch", "main");
});

/** "waiver-expired 3:3" for each notice of that day. */
async function noticed(sought: Partial<Sought> = {}, day = "2027-03-25"): Promise<string[]> {
  const loaded = await loadConfig({ directory: home(), ...sought });
  const { waivers } = settingsOf(loaded, {}, new Date(day), false);
  return waiverNotices(waivers, waivers.waivers, new Date(day)).map(
    ({ policy, source }) => `${policy} ${source ? `${source.line}:${source.column}` : "nowhere"}`,
  );
}

const whole = "address: a_b.c\n  reason: r\n  owner: o\n";

describe("in tlsgate.waivers.yaml", () => {
  test.each<[string, string, string]>([
    ["one that has ended, at its end", `- policy: https-only\n  ${whole}  expires: 2027-01-01\n`, "waiver-expired 5:3"],
    ["one that ends soon", `- policy: https-only\n  ${whole}  expires: 2027-03-31\n`, "waiver-expiring 5:3"],
    ["a day that is none", `- policy: https-only\n  ${whole}  expires: never\n`, "waiver-malformed 5:3"],
    ["no policy of that name", `- ${whole}  expires: 2028-01-01\n  policy: http\n`, "waiver-malformed 5:3"],
    ["a strange key", `- policy: https-only\n  ${whole}  expires: 2028-01-01\n  until: x\n`, "waiver-malformed 6:3"],
    [
      "a key of the language",
      `- policy: https-only\n  __proto__: {}\n  ${whole}  expires: 2028-01-01\n`,
      "waiver-malformed 2:3",
    ],
    ["a key that is missing, at the entry", "# Why\n\n-   policy: https-only\n", "waiver-malformed 3:5"],
    ["a key without a text", "- policy: https-only\n  address: [a]\n", "waiver-malformed 2:3"],
    [
      "one that is too wide",
      `- policy: https-only\n  address: "**"\n  reason: r\n  owner: o\n  expires: 2028-01-01\n`,
      "waiver-too-wide 2:3",
    ],
    ["no object", "- policy\n", "waiver-malformed 1:3"],
    ["no list", "policy: https-only\n", "waiver-malformed 1:1"],
    [
      "lines that end as on Windows",
      `- policy: https-only\r\n  ${whole.replaceAll("\n", "\r\n")}  expires: no\r\n`,
      "waiver-malformed 5:3",
    ],
    ["braces", `[{ "policy": "https-only", "address": 5 }]`, "waiver-malformed 1:28"],
  ])("%s", async (_, text, notice) => {
    write({ "tlsgate.waivers.yaml": text });
    expect(await noticed()).toEqual([notice]);
  });

  test("a key that comes by an alias, where it is written", async () => {
    write({ "tlsgate.waivers.yaml": "- &one { policy: 5 }\n- *one\n" });
    expect(await noticed()).toEqual(["waiver-malformed 1:10", "waiver-malformed 1:10"]);
  });

  test("one that accepts nothing, at the entry; each at its own", async () => {
    const entry = `- policy: https-only\n  ${whole}  expires: 2028-01-01\n`;
    write({ "tlsgate.waivers.yaml": `- &first\n${entry.slice(2).replace(/^/, "  ")}- *first\n` });
    const { waivers } = settingsOf(await loadConfig({ directory: home() }), {}, new Date("2027-01-01"), false);
    const lines = waiverNotices(waivers, [], new Date("2027-01-01")).map(({ source }) => source?.line);
    expect(lines).toEqual([2, 7]);
  });
});

describe("in the configuration", () => {
  const waivers = `waivers:\n  - policy: https-only\n    address: a_b.c\n    reason: r\n    owner: o\n    expires: soon\n`;

  test("in YAML", async () => {
    write({ "tlsgate.config.yaml": `profile: strict\n${waivers}` });
    expect(await noticed()).toEqual(["waiver-malformed 7:5"]);
  });

  test("in JSON, with tabs, too", async () => {
    const config = { profile: "strict", waivers: [{ policy: "https-only", address: "a_b.c", until: "x" }] };
    write({ "tlsgate.config.json": JSON.stringify(config, null, "\t") });
    expect(await noticed()).toEqual(["waiver-malformed 4:3"]);
  });

  test("in code, where there are none", async () => {
    write({ "tlsgate.config.mjs": 'export default { waivers: [{ policy: "https-only" }] };\n' });
    expect(await noticed()).toEqual(["waiver-malformed nowhere"]);
  });

  test("JSON without waivers does without YAML", async () => {
    vi.doMock("yaml", () => {
      throw new Error("it is loaded");
    });
    try {
      write({ "tlsgate.config.json": '{ "profile": "strict" }' });
      expect(await noticed()).toEqual([]);
      write({ "tlsgate.config.json": '{ "waivers": [] }' });
      await expect(noticed()).rejects.toThrow();
    } finally {
      vi.doUnmock("yaml");
    }
  });
});

describe("read from a commit", () => {
  const entry = `- policy: https-only\n  ${whole}  expires: 2027-01-01\n`;
  const file = () => join(home(), "tlsgate.waivers.yaml");

  beforeEach(() => {
    write({ "tlsgate.waivers.yaml": entry });
    commitAll(home(), "base");
  });

  test("a line of the working tree, where both are the same", async () => {
    expect(await noticed({ from: "main" })).toEqual(["waiver-expired 5:3"]);
    write({ "tlsgate.waivers.yaml": entry.replaceAll("\n", "\r\n") });
    expect(await noticed({ from: "main" })).toEqual(["waiver-expired 5:3"]);
  });

  test.each<[string, () => unknown]>([
    ["other lines", () => write({ "tlsgate.waivers.yaml": `# A line more\n${entry}` })],
    ["nothing", () => {}],
    ["a directory", () => mkdirSync(file())],
    ["a pipe that nobody writes to", () => execFileSync("mkfifo", [file()])],
    ["a device that never ends", () => symlinkSync("/dev/zero", file())],
  ])("no line, where the working tree has %s", async (_, change) => {
    rmSync(file());
    change();
    expect(await noticed({ from: "main" })).toEqual(["waiver-expired nowhere"]);
  });
});

describe("YAML is data", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"].concat(
    ..."bcdefghi".split("").map((name, index) => {
      const before = "abcdefgh"[index];
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`;
    }),
  );

  test.each<[string, string, RegExp]>([
    ["a bomb of aliases", bomb.join("\n"), /Excessive alias count/],
    ["brackets without end", "[".repeat(100_000), /is no YAML/],
    ["a tag", "profile: !include lax.yaml\n", /Unresolved tag/],
    ["a tag of JavaScript", "profile: !!js/function 'x'\n", /Unresolved tag/],
    ["a map that is none", "--- !!omap\n- profile: strict\n", /Unresolved tag/],
    ["a key twice", "profile: strict\nprofile: recommended\n", /unique/],
    ["two documents", "profile: strict\n---\nprofile: recommended\n", /multiple documents/],
    ["a key of the language", "__proto__: { profile: strict }\n", /has no "__proto__"/],
    ["a merge", "<<: { profile: strict }\n", /has no "<<"/],
    ["a merge of YAML 1.1", "%YAML 1.1\n---\n<<: { profile: strict }\n", /has no "<<"/],
  ])("%s is refused", async (_, text, said) => {
    write({ "tlsgate.config.yaml": text });
    await expect(loadConfig({ directory: home() })).rejects.toThrow(said);
  });

  test("off is a word, whatever version the file says it is of", async () => {
    write({ "tlsgate.config.yaml": "%YAML 1.1\n---\npolicies: { https-only: off }\n" });
    expect((await loadConfig({ directory: home() })).config).toEqual({ policies: { "https-only": "off" } });
  });
});
