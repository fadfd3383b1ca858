// Runs the tests of test/opentofu with the real OpenTofu, which it builds from the Go module proxy if none is installed.
// usage: npm run opentofu   (the first build takes about ten minutes of two processors)

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

const version = "1.12.6";
const directory = resolve("node_modules", ".cache", "opentofu");
const built = join(directory, `tofu-${version}`);

function build(): string {
  if (existsSync(built)) return built;
  mkdirSync(directory, { recursive: true });
  const module = `github.com/opentofu/opentofu@v${version}`;
  // It replaces a dependency, so `go install` refuses it.
  const { Dir } = JSON.parse(
    execFileSync("go", ["mod", "download", "-json", module], { encoding: "utf8", cwd: directory }),
  ) as { readonly Dir: string };
  console.log(`Building OpenTofu ${version} …`);
  execFileSync("go", ["build", "-trimpath", "-o", built, "./cmd/tofu"], { cwd: Dir, stdio: "inherit" });
  return built;
}

const isInstalled = spawnSync("tofu", ["version"]).error === undefined;
const env = { ...process.env, TLSGATE_OPENTOFU: isInstalled ? "tofu" : build() };
const { status } = spawnSync("npx", ["vitest", "run", "--project", "opentofu"], { stdio: "inherit", env });
process.exitCode = status ?? 1;
