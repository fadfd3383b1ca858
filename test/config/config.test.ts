// The configuration: found, read, checked, and what becomes of it.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Ajv } from "ajv";
import { beforeEach, describe, expect, test } from "vitest";
import { checkConfig } from "../../src/config/check-config.ts";
import { loadConfig, type Sought } from "../../src/config/load.ts";
import { type Said, settingsOf } from "../../src/config/settings.ts";
import { openPlaces, readSchema } from "../support/schema.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-config-")));
  mkdirSync(join(root, ".git"));
  return () => rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const load = (sought: Partial<Sought> = {}) => loadConfig({ directory: root, ...sought });

async function settings(said: Said = {}, sought: Partial<Sought> = {}) {
  return settingsOf(await load(sought), said, new Date("2027-01-01"), sought.from !== undefined);
}

describe("found", () => {
  test("none: the profile recommended, and nothing accepted", async () => {
    const { selection, acceptance, waivers } = await settings();
    expect(selection).toMatchObject({ unknown: undefined, failOn: "any", overrides: [], adapters: [] });
    expect(selection.enforcement["https-only"]).toBe("mandatory");
    expect(acceptance).toMatchObject({ waivers: [], baseline: undefined, ofPlan: "planned" });
    expect(waivers).toEqual({ waivers: [], malformed: [] });
  });

  test.each([
    ["tlsgate.config.json", '{"profile":"strict"}'],
    ["tlsgate.config.yaml", "profile: strict\n"],
    ["tlsgate.config.yml", "profile: strict\n"],
    ["tlsgate.config.ts", 'const profile: string = "strict";\nexport default { profile };\n'],
    ["tlsgate.config.mjs", 'export default { profile: "strict" };\n'],
    ["tlsgate.config.cjs", 'module.exports = { profile: "strict" };\n'],
    ["tlsgate.config.js", 'export default { profile: "strict" };\n'],
  ])("%s, here or above", async (name, content) => {
    write(name, content);
    mkdirSync(join(root, "stacks/site"), { recursive: true });
    for (const directory of [root, join(root, "stacks/site")]) {
      expect((await load({ directory })).config).toEqual({ profile: "strict" });
    }
  });

  test("no further up than the repository's root", async () => {
    write("tlsgate.config.json", '{"profile":"strict"}');
    mkdirSync(join(root, "inner/.git"), { recursive: true });
    expect((await load({ directory: join(root, "inner") })).path).toBeNull();
  });

  test("the nearest wins; two beside each other are an error", async () => {
    write("tlsgate.config.json", '{"profile":"strict"}');
    write("stack/tlsgate.config.yaml", "profile: apple-ats\n");
    expect((await load({ directory: join(root, "stack") })).config).toEqual({ profile: "apple-ats" });
    write("tlsgate.config.yaml", "profile: strict\n");
    await expect(load()).rejects.toThrow(/which of them is meant\?/);
  });

  test("a file by its name, which must be there", async () => {
    write("other.yaml", "profile: strict\n");
    expect((await load({ file: "other.yaml" })).config).toEqual({ profile: "strict" });
    await expect(load({ file: "missing.yaml" })).rejects.toThrow(/there is no such file/);
  });

  test("waivers and the baseline beside it", async () => {
    write("tlsgate.config.yaml", "baseline: known.json\n");
    write("known.json", '{"version":1,"known":[]}');
    write("tlsgate.waivers.yaml", "- policy: https-only\n");
    const { baseline, baselinePath } = await load();
    expect(baseline).toEqual({ version: 1, known: [] });
    expect(baselinePath).toBe(join(root, "known.json"));
    expect((await settings()).waivers.malformed).toMatchObject([{ problem: "address is missing, or no text" }]);
    expect((await settings({ noWaivers: true })).waivers.malformed).toEqual([]);
    expect((await settings({ noBaseline: true })).acceptance.baseline).toBeUndefined();
  });

  test("a baseline that is named and missing is an error", async () => {
    write("tlsgate.config.yaml", "baseline: known.json\n");
    await expect(load()).rejects.toThrow(/known\.json: there is no such file/);
  });
});

describe("checked", () => {
  const wrong = (config: unknown) => {
    try {
      checkConfig(config, "tlsgate.config.yaml");
    } catch (error) {
      return (error as Error).message;
    }
    return "right";
  };

  test.each([
    ["another key", { polices: {} }, 'the configuration has no "polices"; did you mean policies?'],
    ["another enforcement", { policies: { "https-only": "on" } }, "policies.https-only"],
    ["another field of a policy", { policies: { "sni-only": { unkown: "warn" } } }, '"unkown"; did you mean unknown?'],
    ["a word for its unknowns", { policies: { "sni-only": { unknown: "pass" } } }, "sni-only.unknown must be equal"],
    [
      "another field of a policy in an override",
      { overrides: [{ addresses: ["a.b"], policies: { "sni-only": { enforcment: "off" } } }] },
      'overrides.0.policies.sni-only has no "enforcment"; did you mean enforcement?',
    ],
    ["options in an override", { overrides: [{ addresses: ["a.b"], policies: { a: { options: {} } } }] }, '"options"'],
    ["a reason by another name", { overrides: [{ addresses: ["a.b"], policies: {}, reson: "" }] }, "mean reason?"],
    ["another scope", { scope: "new" }, "scope must be equal to one of the allowed values: all, changed"],
    ["another field of an override", { overrides: [{ addresses: ["a.b"], policies: {}, if: 1 }] }, 'has no "if"'],
    ["an override without addresses", { overrides: [{ policies: {} }] }, "addresses"],
    [
      "an override that says nothing",
      {
        overrides: [
          { addresses: ["a.b"], notJudged: "ignore" },
          { addresses: ["c.d"], reason: "" },
        ],
      },
      "overrides.1 must have policies or notJudged.",
    ],
    [
      "another word for what is not judged",
      { notJudged: "warn" },
      "notJudged must be equal to one of the allowed values: refuse, notice, ignore",
    ],
    ["that key by another name", { notjudged: "ignore" }, 'has no "notjudged"; did you mean notJudged?'],
    ["another word", { unknown: "ignore" }, "unknown must be equal to one of the allowed values: refuse, warn"],
    ["a list", [], "a configuration is an object"],
    ["nothing", null, "a configuration is an object"],
    ["an empty pack", { packs: [""] }, "packs.0"],
  ])("%s", (_, config, problem) => expect(wrong(config)).toContain(problem));

  test("packs that are no names are the language's to check, where there is a language", () => {
    expect(() => checkConfig({ packs: [{ policies: [] }, "@acme/pack"] }, "tlsgate.config.ts", true)).not.toThrow();
    for (const packs of ["abc", [5], [{ policies: [] }], null]) expect(wrong({ packs })).toContain("packs");
    expect(() => checkConfig({ packs: [5] }, "tlsgate.config.ts", true)).toThrow(/packs/);
  });

  test.each([
    ["a policy that does not exist", { policies: { "minimum-tls": "off" } }, "did you mean minimum-tls-1-2?"],
    ["one in an override", { overrides: [{ addresses: ["a.b"], policies: { "https-onyl": "off" } }] }, "https-only?"],
    ["an option that it does not have", { policies: { "https-only": { options: { strict: "yes" } } } }, "no option"],
    [
      "an option of another type",
      { policies: { "hsts-enabled": { options: { minimumMaxAge: "1y" } } } },
      "minimumMaxAge is a number",
    ],
    ["too small", { policies: { "hsts-enabled": { options: { minimumMaxAge: 0 } } } }, "is at least 1, not 0"],
    [
      "a version that is none",
      { policies: { "minimum-tls-1-2": { options: { minimum: "TLS 1.1" } } } },
      "minimum is TLS 1.2 or TLS 1.3",
    ],
    ["no list", { policies: { "certificate-region": { options: { allowed: "eu-west-1" } } } }, "is a list of texts"],
    ["a profile that does not exist", { profile: "stict" }, "There is no profile"],
  ])("%s", async (_, config, problem) => {
    write("tlsgate.config.json", JSON.stringify(config));
    await expect(settings()).rejects.toThrow(problem);
  });

  test("no JSON, no YAML, and code that throws", async () => {
    const file = write("tlsgate.config.json", "{");
    await expect(load()).rejects.toThrow(/is no JSON/);
    rmSync(file);
    const yaml = write("tlsgate.config.yaml", "a: [");
    await expect(load()).rejects.toThrow(/is no YAML/);
    rmSync(yaml);
    write("tlsgate.config.ts", 'throw new Error("broken");');
    await expect(load()).rejects.toThrow(/cannot be loaded: broken/);
  });

  test("the published schema leaves no place open but the policies' own, and knows what is checked here", () => {
    const schema = readSchema("config");
    const open = openPlaces(schema).filter((place) => !/policies|options|waivers|registries/.test(place));
    expect(open).toEqual([]);
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    expect(validate({ profile: "strict", policies: { "https-only": "advisory" } })).toBe(true);
    expect(validate({ polices: {} })).toBe(false);
    const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(exports["./schemas/config.schema.json"]).toBe("./schemas/config.schema.json");
  });
});

describe("registries", () => {
  const index = (reason: string) =>
    JSON.stringify({
      format: 1,
      modules: [{ address: "a/b/c", versions: [{ version: "1.0.0", withdrawn: { reason } }] }],
    });
  const registries = async (place: string) => {
    write("tlsgate.config.yaml", `registries:\n  modules.example.com: ${place}\n`);
    return (await settings()).registries;
  };

  test("a file is read from the configuration's directory", async () => {
    write("index.json", index("Old."));
    expect(await registries("index.json")).toEqual([
      { host: "modules.example.com", reasons: new Map([["a/b/c 1.0.0", "Old."]]) },
    ]);
  });

  test("what cannot be read is an error: nobody knows then what was withdrawn", async () => {
    await expect(registries("missing.json")).rejects.toThrow(
      "there is no such file (the index of modules.example.com)",
    );
    write("index.json", "{}");
    await expect(registries("index.json")).rejects.toThrow("index.json is not the index of a registry");
    await expect(registries("https://127.0.0.1:1/index.json")).rejects.toThrow(
      /^https:\/\/127\.0\.0\.1:1\/index\.json could not be read \(.+\)\.$/,
    );
  });
});

describe("settings", () => {
  test("beside the profile; the command line has the last word", async () => {
    write(
      "tlsgate.config.yaml",
      "profile: strict\nunknown: warn\nfailOn: introduced\npolicies:\n  sni-only: off\n  https-only: advisory\n",
    );
    // YAML 1.2 knows no booleans but true and false.
    const { selection } = await settings();
    expect(selection).toMatchObject({ unknown: "warn", failOn: "introduced" });
    expect(selection.enforcement).toMatchObject({ "https-only": "advisory", "minimum-tls-1-2": "mandatory" });
    expect("sni-only" in selection.enforcement).toBe(false);
    const said = await settings({ profile: "recommended", unknown: "refuse", failOn: "any" });
    expect(said.selection).toMatchObject({ unknown: "refuse", failOn: "any" });
    expect(said.selection.enforcement).toMatchObject({
      "https-only": "advisory",
      "modern-http": "advisory",
    });
    expect((await settings({ policies: ["https-only"] })).selection.enforcement).toEqual({ "https-only": "mandatory" });
  });

  describe("of what a plan does not tell", () => {
    const unknowns = async (said: Said = {}) => {
      const { unknown, unknownOf, overrides } = (await settings(said)).selection;
      return { unknown, unknownOf, overrides: overrides?.map((one) => one.unknown) };
    };
    beforeEach(() => {
      const policies = {
        "hsts-enabled": { unknown: "warn" },
        "sni-only": { enforcement: "mandatory", unknown: "refuse" },
      };
      const overrides = [
        { addresses: ["a.b"], policies: { "https-only": { unknown: "warn" }, "sni-only": "advisory" } },
      ];
      write("tlsgate.config.json", JSON.stringify({ unknown: "refuse", policies, overrides }));
    });

    test("each policy by its own entry, and at an address by its override", async () => {
      expect(await unknowns()).toEqual({
        unknown: "refuse",
        unknownOf: { "hsts-enabled": "warn", "sni-only": "refuse" },
        overrides: [{ "https-only": "warn" }],
      });
      const { enforcement, overrides } = (await settings()).selection;
      expect(enforcement).toMatchObject({ "sni-only": "mandatory", "hsts-enabled": "mandatory" });
      expect(overrides?.[0]?.enforcement).toEqual({ "sni-only": "advisory" });
    });

    test("the command line before all of them", async () => {
      expect(await unknowns({ unknown: "warn" })).toEqual({ unknown: "warn", unknownOf: {}, overrides: [{}] });
    });
  });

  describe("of what is not judged", () => {
    const notJudged = async (config: object, said: Said = {}) => {
      write("tlsgate.config.json", JSON.stringify(config));
      const { notJudged: action, overrides } = (await settings(said)).selection;
      return [action, overrides?.map((one) => one.notJudged)];
    };
    const overrides = [{ addresses: ["module.legacy.**"], notJudged: "ignore", reason: "Replaced in spring." }];

    test.each<[object, Said, readonly unknown[]]>([
      [{}, {}, [undefined, []]],
      [{ notJudged: "refuse" }, {}, ["refuse", []]],
      [{ notJudged: "refuse", overrides }, {}, ["refuse", ["ignore"]]],
      [{ overrides: [{ addresses: ["a.b"], policies: { "sni-only": "off" } }] }, {}, [undefined, [undefined]]],
      [{ notJudged: "refuse", overrides }, { notJudged: "notice" }, ["notice", [undefined]]],
    ])("%j and %j: %j", async (config, said, expected) => expect(await notJudged(config, said)).toEqual(expected));
  });

  describe("of the scope", () => {
    const scoped = async (config: object, said: Said = {}) => {
      write("tlsgate.config.json", JSON.stringify(config));
      const { selection, acceptance } = await settings(said);
      return [acceptance.scope, selection.failOn];
    };

    test.each<[object, Said, readonly string[]]>([
      [{}, {}, ["all", "any"]],
      [{ scope: "changed" }, {}, ["changed", "introduced"]],
      [{ scope: "changed", failOn: "introduced" }, {}, ["changed", "introduced"]],
      [{ scope: "changed" }, { scope: "all" }, ["all", "any"]],
      [{ failOn: "any" }, { scope: "changed" }, ["changed", "introduced"]],
      [{ scope: "changed" }, { scope: "all", failOn: "any" }, ["all", "any"]],
    ])("%j and %j", async (config, said, expected) => expect(await scoped(config, said)).toEqual(expected));

    test.each<[object, Said]>([
      [{}, { scope: "changed", failOn: "any" }],
      [{ scope: "changed", failOn: "any" }, {}],
      [{ scope: "changed" }, { failOn: "any" }],
    ])("%j and %j contradict each other", async (config, said) => {
      await expect(scoped(config, said)).rejects.toThrow(/cannot be refused for any violation/);
    });
  });

  test("a pack brings policies and adapters, from a path or a package", async () => {
    const policy = `{ id: "acme-names", requires: "r", severity: "low", whenUnknown: "warn", why: "w", fix: "f", references: [], controls: {}, evaluate: () => [] }`;
    write(
      "packs/acme.ts",
      `export default { policies: [${policy}], adapters: [{ id: "acme/edge", resourceTypes: [] }] };`,
    );
    write("node_modules/acme-pack/package.json", '{"name":"acme-pack","main":"index.js"}');
    write(
      "node_modules/acme-pack/index.js",
      `module.exports = { policies: [${policy.replace("acme-names", "acme-two")}] };`,
    );
    write("tlsgate.config.yaml", "packs: [./packs/acme.ts, acme-pack]\npolicies:\n  acme-two: advisory\n");
    const { selection, policies } = await settings();
    expect(selection.enforcement).toMatchObject({ "acme-names": "mandatory", "acme-two": "advisory" });
    expect(selection.adapters.map(({ id }) => id)).toEqual(["acme/edge"]);
    expect(policies.map(({ id }) => id)).toContain("acme-names");
    write("packs/acme.ts", `export default { policies: [${policy.replace("acme-names", "https-only")}] };`);
    await expect(settings()).rejects.toThrow(/two policies https-only/);
    write("packs/acme.ts", "export default 1;");
    await expect(settings()).rejects.toThrow(/exports neither policies nor adapters/);
  });
});

describe("from a commit", () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      stdio: "pipe",
    });

  function commit(message: string): void {
    git("add", "-A");
    git("commit", "-qm", message, "--allow-empty");
  }

  beforeEach(() => {
    rmSync(join(root, ".git"), { recursive: true });
    git("init", "-q", "-b", "main");
    write("tlsgate.config.yaml", "profile: strict\nbaseline: known.json\n");
    write("known.json", '{"version":1,"known":[]}');
    write("tlsgate.waivers.yaml", "[]\n");
    commit("base");
    git("checkout", "-q", "-b", "change");
  });

  test("what a change does to configuration, waivers and baseline counts for nothing", async () => {
    const waiver = "- {policy: https-only, address: a.b, reason: r, owner: o, expires: 2027-12-31}\n";
    write("tlsgate.config.yaml", "policies: {https-only: off}\nbaseline: known.json\n");
    write("known.json", JSON.stringify({ version: 1, known: [{ policy: "p", address: "a", fingerprint: "0" }] }));
    write("tlsgate.waivers.yaml", waiver);
    commit("weaken");
    const weak = await settings();
    expect("https-only" in weak.selection.enforcement).toBe(false);
    expect([weak.acceptance.waivers, weak.acceptance.baseline?.known].map((one) => one?.length)).toEqual([1, 1]);
    const { selection, acceptance } = await settings({}, { from: "main" });
    expect(selection.enforcement["https-only"]).toBe("mandatory");
    expect(acceptance).toMatchObject({ waivers: [], baseline: { known: [] }, ofPlan: "applied" });
    // From a directory below, too.
    mkdirSync(join(root, "stack"));
    expect((await load({ directory: join(root, "stack"), from: "main" })).config.profile).toBe("strict");
  });

  test("code is not run, neither the base's nor the change's", async () => {
    const trap = join(root, "trapped");
    const code = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(trap)}, "");\nexport default {};\n`;
    write("tlsgate.config.ts", code);
    write("pack.ts", code);
    expect((await load({ from: "main" })).config.profile).toBe("strict");
    rmSync(join(root, "tlsgate.config.yaml"));
    commit("code");
    await expect(load({ from: "change" })).rejects.toThrow(/is code, .* it is not run/s);
    rmSync(join(root, "tlsgate.config.ts"));
    write("tlsgate.config.yaml", "packs: [./pack.ts]\n");
    commit("pack");
    await expect(load({ from: "change" })).rejects.toThrow(/pack \.\/pack\.ts is code/);
    expect(existsSync(trap)).toBe(false);
    await expect(load({ from: "change", allowCode: true })).rejects.toThrow(/exports neither/);
    expect(existsSync(trap)).toBe(true);
  });

  test("nothing of the repository's own git settings runs", async () => {
    const trap = join(root, "trapped");
    write(".gitattributes", "*.yaml filter=trap diff=trap\n");
    commit("attributes");
    git("config", "filter.trap.smudge", `touch ${trap}`);
    git("config", "diff.trap.textconv", `touch ${trap}; cat`);
    expect((await load({ from: "change" })).config.profile).toBe("strict");
    expect(existsSync(trap)).toBe(false);
  });

  test.each(["elsewhere", "--upload-pack=touch", ""])("%j is no commit", async (from) => {
    await expect(load({ from })).rejects.toThrow(/There is no commit/);
  });

  test("without a repository it is an error", async () => {
    rmSync(join(root, ".git"), { recursive: true });
    await expect(load({ from: "main", directory: resolve(root) })).rejects.toThrow(/needs git and a repository/);
  });
});
