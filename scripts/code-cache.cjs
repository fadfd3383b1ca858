// Runs the built command on two plans and keeps what V8 compiled for it. usage: node scripts/code-cache.cjs DIST PLAN…
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const { Script } = require("node:vm");

const [dist, ...plans] = process.argv.slice(2);
const directory = resolve(dist);
const filename = join(directory, "main.cjs");
// The very text that src/start.ts runs: V8 takes the cache for no other.
const source = `(function (require, __filename, __dirname) {${readFileSync(filename, "latin1")}\n})`;
const script = new Script(source, { filename });
const scratch = mkdtempSync(join(tmpdir(), "tlsgate-cache-"));

/** The command sets the exit code when it is done. */
async function done() {
  while (process.exitCode === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function keep() {
  // The command ends its process, and this one goes on.
  const { exit } = process;
  process.exit = () => {};
  for (const format of ["pretty", "json"]) {
    process.argv = [process.argv0, filename, "check", "--format", format, "--output", join(scratch, format), ...plans];
    process.exitCode = undefined;
    script.runInThisContext()(createRequire(filename), filename, directory);
    await done();
  }
  writeFileSync(`${filename}.cache`, script.createCachedData());
  rmSync(scratch, { recursive: true });
  process.exit = exit;
  process.exitCode = 0;
}

void keep();
