// Which tests run, on which versions of CDKTF, and how long one may take.

import { configDefaults, defineConfig, type TestProjectConfiguration } from "vitest/config";
import { isInstalled, type Line, lines, packageOf } from "./test/support/lines.ts";
import { SlowestFirst } from "./test/support/slowest-first.ts";

const build = "test/support/build.ts";
const installLines = "test/support/lines.ts";

/** Tests of the package as users get it; they need dist/. */
const built = [
  "test/cli.test.ts",
  "test/code-cache.test.ts",
  "test/injection.test.ts",
  "test/secret-places.test.ts",
  "test/pull-request.test.ts",
  "test/integrations/*.test.ts",
  "test/api.test.ts",
  "test/modules/examples.test.ts",
  "test/registry/clients.test.ts",
  "test/registry/modules-command.test.ts",
];
const builtOnLines = ["test/modules-package.test.ts"];
const ofLines = ["test/lines/*.test.ts"];
const deployed = ["test/deploy/*.test.ts"];
/** Only `npm run opentofu` brings the program for these. */
const ofOpenTofu = ["test/opentofu/*.test.ts"];
const node_modules = configDefaults.exclude;

/** Tests of the constructs that hold for the line of package.json alone. */
const ofOneLine = [
  // They plan with the provider that is installed, which is of that line.
  "test/modules/plans.test.ts",
  "test/modules/examples.test.ts",
  // The compiler knows no aliases: test/lines/types.test.ts gives it each line's packages.
  "test/modules/types.test.ts",
  // What runs at the edge comes from no line.
  "test/modules/edge-code.test.ts",
];

/** The tests of the constructs, with the packages of a line in the place of those of package.json. */
function modulesOn(name: string, line: Line): TestProjectConfiguration {
  const { cdktf, provider } = lines[line];
  return {
    extends: true,
    resolve: {
      alias: [
        { find: /^cdktf$/, replacement: packageOf(line, cdktf) },
        { find: /^@cdktf\/provider-aws(?=\/)/, replacement: packageOf(line, provider) },
        { find: /^constructs$/, replacement: packageOf(line, "constructs") },
      ],
    },
    plugins: [
      {
        name: "skip what cannot be installed",
        enforce: "pre",
        transform: (_, id) =>
          id.endsWith(".test.ts") && !isInstalled(line)
            ? `import { test } from "vitest"; test.skip("test/lines/${line} is not installed");`
            : null,
      },
    ],
    test: {
      name: `modules on ${name}`,
      include: ["test/modules/*.test.ts", ...ofLines],
      exclude: [...node_modules, ...ofOneLine],
      globalSetup: installLines,
      env: { TLSGATE_LINE: line },
    },
  };
}

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    sequence: { sequencer: SlowestFirst },
    // What deploys mostly waits: another file can be tested meanwhile.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "source",
          include: ["test/**/*.test.ts"],
          exclude: [...node_modules, ...built, ...builtOnLines, ...ofLines, ...deployed, ...ofOpenTofu],
        },
      },
      { extends: true, test: { name: "package", include: built, globalSetup: build } },
      {
        extends: true,
        test: { name: "package on all lines", include: builtOnLines, globalSetup: [build, installLines] },
      },
      {
        extends: true,
        test: { name: "deploy", include: deployed, globalSetup: [build, "test/deploy/setup.ts"] },
      },
      ...(process.env.TLSGATE_OPENTOFU
        ? [{ extends: true as const, test: { name: "opentofu", include: ofOpenTofu } }]
        : []),
      modulesOn("aws 6", "aws6"),
      modulesOn("cdktn", "cdktn"),
    ],
  },
});
