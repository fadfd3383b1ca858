// The package as an outside author uses it: built, packed, installed, type-checked and run.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planPath } from "./support/plans.ts";

/** Types from the source; the declarations are checked by the consumer below. */
const api = (await import(resolve("dist/api.js"))) as typeof import("../src/api.ts");
const {
  atLeast,
  because,
  defineAdapter,
  definePolicy,
  evaluatePlan,
  fact,
  judge,
  known,
  parsePlan,
  readPlan,
  standAt,
  text,
} = api;

const { profiles } = api;

describe("evaluatePlan", () => {
  test("judges as the command does", () => {
    expect(evaluatePlan(readPlan(planPath("secure-website"))).verdict).toBe("pass");
    const { verdict, findings, inventory } = evaluatePlan(readPlan(planPath("insecure-website")));
    expect(verdict).toBe("refused");
    expect(findings.filter((one) => one.refuses).map((one) => one.policy)).toContain("https-only");
    expect(inventory.endpoints.map((one) => one.address)).toEqual(["aws_cloudfront_distribution.site"]);
  });

  test("takes a profile, policies, and what to do with the unknown", () => {
    const plan = readPlan(planPath("aws-tls-version-unknown"));
    expect(evaluatePlan(plan, { unknown: "warn" }).verdict).toBe("pass");
    expect(evaluatePlan(plan, { enforcement: profiles.strict.enforcement, unknown: "warn" }).verdict).toBe("refused");
    expect(evaluatePlan(plan, { policies: [] }).findings).toEqual([]);
  });

  test("lists what is not judged, and refuses it where that is asked for", () => {
    const plan = readPlan(planPath("aws-not-judged"));
    const { notJudged, verdict } = evaluatePlan(plan);
    expect(verdict).toBe("pass");
    expect(notJudged.map(({ address }) => address)).toContain("aws_lightsail_container_service.site");
    expect(evaluatePlan(plan, { notJudged: "refuse" }).verdict).toBe("refused");
    expect(evaluatePlan(plan, { notJudged: "ignore" }).notJudged).toEqual([]);
    expect(evaluatePlan(readPlan(planPath("secure-website"))).notJudged).toEqual([]);
  });

  test("throws an InputError for what is no plan", () => {
    expect(() => parsePlan(Buffer.from("{}"), "given.json")).toThrow(api.InputError);
    expect(() => readPlan("missing.json")).toThrow("missing.json does not exist.");
  });
});

describe("a policy and an adapter of one's own", () => {
  /** A cloud that does not exist, one listener of which is planned three times. */
  const listener = (key: string, changes: object, unknown: object = {}) => ({
    address: `nimbus_listener.web["${key}"]`,
    mode: "managed",
    type: "nimbus_listener",
    name: "web",
    index: key,
    change: {
      actions: ["create"],
      before: null,
      after: { host: `${key}.example.com`, tls_floor: "tls12", plain: "redirect", ...changes },
      after_unknown: unknown,
      after_sensitive: {},
    },
  });
  const plan = parsePlan(
    Buffer.from(
      JSON.stringify({
        format_version: "1.2",
        terraform_version: "1.11.4",
        planned_values: {},
        resource_changes: [
          listener("good", {}),
          listener("old", { tls_floor: "tls10" }),
          listener("odd", { tls_floor: "tls99" }),
          listener("open", { tls_floor: undefined }, { tls_floor: true }),
        ],
        configuration: {
          root_module: {
            resources: [
              {
                mode: "managed",
                type: "nimbus_listener",
                name: "web",
                expressions: { tls_floor: { references: ["var.floor"] } },
              },
            ],
          },
        },
      }),
    ),
    "nimbus.json",
  );

  const floors = { tls10: "TLS 1.0", tls12: "TLS 1.2" } as const;

  const nimbus = defineAdapter({
    id: "nimbus/listener",
    resourceTypes: ["nimbus_listener"],
    endpoints: (resource) => {
      const own = { ...known(true), ...standAt(resource, "") };
      return [
        {
          address: resource.address,
          kind: "Nimbus listener",
          names: [fact(resource, "host", { read: String, absent: { unknown: because`no host` } })],
          certificate: { ...own, value: "own" },
          certificates: [],
          minimumTls: fact(resource, "tls_floor", {
            read: (value) => floors[value as keyof typeof floors],
            absent: "TLS 1.0",
            remedy: "tls12",
          }),
          forwardSecrecy: own,
          aeadOnly: own,
          routes: [],
          upstreams: [],
        },
      ];
    },
  });

  const modernFloor = definePolicy({
    id: "modern-floor",
    requires: "Require TLS 1.2",
    severity: "high",
    whenUnknown: "refuse",
    why: "Older versions are broken.",
    fix: "Raise the floor.",
    references: ["https://www.rfc-editor.org/rfc/rfc8996"],
    controls: {},
    evaluate: ({ minimumTls }) => [
      judge(minimumTls, (version) => atLeast(version, "TLS 1.2") || text`accepts ${version}`),
    ],
  });

  const { findings, verdict, inventory } = evaluatePlan(plan, {
    policies: [modernFloor],
    adapters: [nimbus],
    enforcement: { "modern-floor": "mandatory" },
  });

  test("judge a plan together", () => {
    expect(verdict).toBe("refused");
    expect(inventory.endpoints).toHaveLength(4);
    expect(Object.fromEntries(findings.map((one) => [one.address, [one.outcome, one.message]]))).toEqual({
      'nimbus_listener.web["good"]': ["pass", "Require TLS 1.2"],
      'nimbus_listener.web["old"]': ["fail", "accepts TLS 1.0"],
      'nimbus_listener.web["odd"]': ["unknown", '"tls99" is not a value that tlsgate recognises'],
      'nimbus_listener.web["open"]': ["unknown", "known after apply, from var.floor"],
    });
  });

  test("say where, and what to set", () => {
    expect(findings.find((one) => one.outcome === "fail")).toMatchObject({
      policy: "modern-floor",
      at: "tls_floor",
      change: "introduced",
      remedy: { address: 'nimbus_listener.web["old"]', attribute: "tls_floor", value: "tls12" },
      refuses: true,
    });
  });

  test("stand beside tlsgate's own", () => {
    const { findings: all } = evaluatePlan(plan, { adapters: [...api.adapters, nimbus] });
    expect(all.filter((one) => one.policy === "minimum-tls-1-2").map((one) => one.outcome)).toEqual([
      "pass",
      "fail",
      "unknown",
      "unknown",
    ]);
  });
});

describe("the packed package", () => {
  let consumer = "";
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync("npm", [...args], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    }).toString();

  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(consumer, path)), { recursive: true });
    writeFileSync(join(consumer, path), content);
  };

  beforeAll(() => {
    consumer = realpathSync(mkdtempSync(join(tmpdir(), "tlsgate-consumer-")));
    // dist/ is built already, and nothing is asked of a registry: what the package needs comes from this project.
    npm(["pack", "--ignore-scripts", "--pack-destination", consumer], process.cwd());
    const { version, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    const needed = Object.keys(dependencies).map((name) => [name, `file:${resolve("node_modules", name)}`]);
    write(
      "package.json",
      JSON.stringify({
        name: "consumer",
        type: "module",
        private: true,
        dependencies: { tlsgate: `file:tlsgate-${version}.tgz`, ...Object.fromEntries(needed) },
      }),
    );
    npm(["install", "--offline", "--install-links", "--ignore-scripts", "--no-audit", "--no-fund"], consumer);
    for (const name of ["@types/node", "undici-types", "vitest"]) {
      mkdirSync(dirname(join(consumer, "node_modules", name)), { recursive: true });
      symlinkSync(resolve("node_modules", name), join(consumer, "node_modules", name), "dir");
    }
    write(
      "src/gate.ts",
      `import { type Adapter, defineAdapter, definePolicy, evaluatePlan, InputError, judge, parsePlan, type Plan, readPlan, text } from "tlsgate";
import { policies } from "tlsgate/policies";
import httpsOnly from "tlsgate/policies/https-only";
import { profiles } from "tlsgate/policies/profiles";

const own = definePolicy({
  id: "own-rule",
  requires: "Require TLS 1.3",
  severity: "low",
  whenUnknown: "warn",
  why: "It is ours.",
  fix: "Raise it.",
  references: [],
  controls: {},
  evaluate: ({ minimumTls }) => [judge(minimumTls, (version) => version === "TLS 1.3" || text\`accepts \${version}\`)],
});
const adapter: Adapter = defineAdapter({ id: "own/none", resourceTypes: ["own_none"], endpoints: () => [] });

export function gate(path: string): string[] {
  const plan: Plan = readPlan(path);
  const { verdict, findings } = evaluatePlan(plan, { policies: [...policies, own], enforcement: { ...profiles.strict.enforcement, "own-rule": "mandatory" } });
  // @ts-expect-error A verdict is none of these.
  const wrong: "fine" = verdict;
  // @ts-expect-error A policy says what to do with the unknown.
  definePolicy({ ...own, whenUnknown: "ignore" });
  try {
    parsePlan(Buffer.from("{"), "broken.json");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return [verdict, wrong, httpsOnly.id, adapter.id, ...findings.filter((one) => one.refuses).map(({ policy }) => policy)];
}
`,
    );
    write(
      "src/plan.test.ts",
      `import { expect, test } from "vitest";
import "tlsgate/vitest";

test("the plan passes", () => {
  expect(${JSON.stringify(planPath("secure-website"))}).toPassPolicies({ unknown: "warn" });
  expect(${JSON.stringify(planPath("insecure-website"))}).not.toPassPolicies();
});
`,
    );
  });
  afterAll(() => rmSync(consumer, { recursive: true, force: true }));

  test.each([
    ["nodenext", "nodenext"],
    ["bundler", "preserve"],
  ])("type-checks with moduleResolution %s, its declarations included", (moduleResolution, module) => {
    const compilerOptions = {
      target: "es2022",
      module,
      moduleResolution,
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: false,
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src/gate.ts"] }));
    const tsc = resolve("node_modules/typescript/bin/tsc");
    expect(execute(tsc, "-p", ".")).toEqual({ code: 0, text: "" });
  });

  test("type-checks with its vitest matcher", () => {
    const compilerOptions = {
      target: "es2022",
      module: "nodenext",
      types: ["node"],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
    expect(execute(resolve("node_modules/typescript/bin/tsc"), "-p", ".")).toEqual({ code: 0, text: "" });
  });

  test("runs", () => {
    const script = `
      import { readFileSync } from "node:fs";
      import { evaluatePlan, readPlan } from "tlsgate";
      import { policies } from "tlsgate/policies";
      import httpsOnly from "tlsgate/policies/https-only";
      import report from "tlsgate/schemas/report.schema.json" with { type: "json" };
      import endpoints from "tlsgate/schemas/endpoints.schema.json" with { type: "json" };
      const { verdict } = evaluatePlan(readPlan(process.argv[2]), { policies: [httpsOnly] });
      console.log(JSON.stringify([verdict, policies.length > 10, report.title, endpoints.title]));
    `;
    write("run.mjs", script);
    const { text } = execute("--no-warnings", "run.mjs", planPath("insecure-website"));
    expect(JSON.parse(text)).toEqual(["refused", true, "Report of tlsgate", "Endpoints by tlsgate"]);
  });

  test("gives the command, with its examples", () => {
    expect(execute("node_modules/tlsgate/dist/cli.cjs", "check", planPath("insecure-website"))).toMatchObject({
      code: 1,
    });
    expect(execute("node_modules/tlsgate/dist/cli.cjs", "explain", "https-only").text).toMatch(/^Passes$/m);
    expect(readFileSync(join(consumer, "node_modules/.bin/tlsgate"), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test("gives the vitest matcher", () => {
    const { code, text } = execute(resolve("node_modules/vitest/vitest.mjs"), "run", "--root", consumer);
    expect(text).toContain("1 passed");
    expect(code).toBe(0);
  });

  test("holds what it needs and no source", () => {
    const [{ files }] = JSON.parse(npm(["pack", "--dry-run", "--json", "--ignore-scripts"], process.cwd())) as [
      { files: { path: string }[] },
    ];
    const paths = files.map(({ path }) => path);
    for (const path of [
      "dist/cli.cjs",
      "dist/examples.json",
      "dist/api.js",
      "dist/vitest.js",
      "dist/policies/registry.js",
      "dist/types/src/api.d.ts",
      "schemas/report.schema.json",
      "schemas/endpoints.schema.json",
      "LICENSE",
      "README.md",
      "CHANGELOG.md",
    ]) {
      expect(paths).toContain(path);
    }
    expect(
      paths.filter(
        (path) => /^(src|test|scripts|node_modules)\//.test(path) || (path.endsWith(".ts") && !path.endsWith(".d.ts")),
      ),
    ).toEqual([]);
  });

  function execute(...args: string[]): { code: number; text: string } {
    try {
      return { code: 0, text: execFileSync(process.execPath, args, { cwd: consumer, stdio: "pipe" }).toString() };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: Buffer; stderr: Buffer };
      return { code: status, text: `${stdout}${stderr}` };
    }
  }
});
