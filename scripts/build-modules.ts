// Builds the Terraform modules of this repository as their registry would, two at a time: format, plans of the examples,
// their tests, and the gate's verdict.
// usage: npm run modules [-- NAME…]

import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { terraformEnvironment } from "./terraform.ts";

const run = promisify(execFile);
const root = "modules/terraform";
const chosen = process.argv.slice(2);
const names = readdirSync(root, { withFileTypes: true })
  .filter((one) => one.isDirectory() && (chosen.length === 0 || chosen.includes(one.name)))
  .map(({ name }) => name);
const output = mkdtempSync(join(tmpdir(), "tlsgate-built-"));
process.on("exit", () => rmSync(output, { recursive: true, force: true }));
const env = { ...process.env, ...terraformEnvironment() };

let failed = 0;

async function work(queue: string[]): Promise<void> {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const options = ["--namespace", "tlsgate", "--version", "0.0.0", "--offline", "--output", output];
    const args = ["--import", "tsx", "src/cli.ts", "modules", "build", join(root, name), ...options];
    try {
      console.log((await run(process.execPath, args, { env })).stdout.trimEnd());
    } catch (error) {
      failed++;
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      console.error(`${stdout}${stderr}`);
    }
  }
}

const queue = [...names];
await Promise.all([work(queue), work(queue)]);
console.log(`${names.length} modules, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
