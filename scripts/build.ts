// Bundles the command and the library into dist/, and writes their declarations.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { build, type Plugin } from "esbuild";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
rmSync("dist", { recursive: true, force: true });

const shared = {
  bundle: true,
  platform: "node" as const,
  target: "node20",
  external: [
    "acorn",
    "vitest",
    "@babel/parser",
    "jiti",
    "yaml",
    "semver",
    "tar-stream",
    "micromark",
    "micromark-extension-gfm",
  ],
  define: { TLSGATE_VERSION: JSON.stringify(version) },
  logLevel: "warning" as const,
};

/** What ES modules have and CommonJS does not. */
const define = { ...shared.define, "import.meta.url": "__filename", "import.meta.dirname": "__dirname" };

/** What most runs do without, in files of their own: each is read as a whole. */
const late: { readonly [source: string]: string } = {
  "src/report/reporters.ts": "reporters",
  "src/plan/configured.ts": "configured",
  "src/command/modules.ts": "registry",
  "src/config/check-config.ts": "config",
  ...Object.fromEntries(
    readdirSync("src/providers", { withFileTypes: true })
      .filter((one) => one.isDirectory() && one.name !== "aws")
      .map(({ name }) => [`src/providers/${name}/registry.ts`, `providers/${name}`]),
  ),
};

const loadLate: Plugin = {
  name: "load late",
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const source = relative("", join(resolveDir, path)).split(sep).join("/");
      const file = kind === "dynamic-import" ? late[source] : undefined;
      return file === undefined ? undefined : { path: `./${file}.cjs`, external: true };
    });
  },
};

const commonJs = {
  ...shared,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  format: "cjs" as const,
  minify: true,
  define,
  // A script that runs from V8's cache has no import() of its own: what is loaded late is required.
  supported: { "dynamic-import": false },
};

// CommonJS starts faster than modules do, and the command is judged by its start.
await build({
  ...commonJs,
  entryPoints: {
    cli: "src/start.ts",
    main: "src/cli.ts",
    terraform: "src/gate/terraform.ts",
    trace: "src/source/trace.ts",
  },
  plugins: [loadLate],
});
await build({
  ...commonJs,
  entryPoints: Object.fromEntries(Object.entries(late).map(([source, file]) => [file, source])),
});
for (const program of ["dist/cli.cjs", "dist/terraform.cjs"]) chmodSync(program, 0o755);
copyFileSync("policies/examples.generated.json", "dist/examples.json");
for (const name of ["values", "coverage"]) copyFileSync(`src/providers/${name}.generated.json`, `dist/${name}.json`);

const entriesOf = (directory: string) =>
  Object.fromEntries(
    readdirSync(directory)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [`${directory}/${file.slice(0, -".ts".length)}`, `${directory}/${file}`]),
  );

await build({
  ...shared,
  entryPoints: { api: "src/api.ts", vitest: "src/vitest.ts", ...entriesOf("policies") },
  outdir: "dist",
  format: "esm",
  splitting: true,
  chunkNames: "chunks/[hash]",
});

// For CDKTF apps, most of which are CommonJS.
await build({ ...shared, entryPoints: ["src/synth.ts"], outdir: "dist/synth", format: "cjs", define });
writeFileSync("dist/synth/package.json", '{ "type": "commonjs" }\n');

const compile = (project: string) =>
  execFileSync("tsc", ["-p", project], { stdio: "inherit", shell: process.platform === "win32" });

compile("tsconfig.build.json");

copyFileSync("dist/types/src/synth.d.ts", "dist/synth/synth.d.ts");

// The constructs: CommonJS, as most CDKTF apps are, and which modules import too. Each file stays one, so that a class is
// the same whichever entry it comes from.
const constructs = "dist/modules";
compile("tsconfig.modules.json");
const files = readdirSync(constructs);
writeFileSync(`${constructs}/package.json`, '{ "type": "commonjs" }\n');
mkdirSync(`${constructs}/cdktn`);
for (const file of files) {
  // The compiler leaves .ts in the imports of declarations, where it cannot be resolved any more.
  const cdktf = readFileSync(`${constructs}/${file}`, "utf8").replace(/(?<=["']\.\/[\w-]+)\.ts(?=["'])/g, ".js");
  // cdktn is cdktf under another name: so are its packages.
  const cdktn = cdktf.replace(/(?<=(?:from |import |require\(|import\()")(@?)cdktf(?=[/"])/g, "$1cdktn");
  writeFileSync(`${constructs}/${file}`, cdktf);
  writeFileSync(`${constructs}/cdktn/${file}`, cdktn);
}
