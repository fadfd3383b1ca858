// Plans test/plans/*/ anew with the real Terraform and provider, and shows what differs but for timestamps and order.
// usage: npm run plans [-- [--check] [NAME…]]   --check writes nothing and fails on a difference

import { type ExecFileException, execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { terraformEnvironment } from "./terraform.ts";

const run = promisify(execFile);
const root = "test/plans";
const args = process.argv.slice(2);
const check = args.includes("--check");
const chosen = args.filter((arg) => !arg.startsWith("-"));

/** A case is a directory with a configuration; PLAN_ARGS holds further arguments, KEPT says why it cannot be planned here. */
const cases = readdirSync(root)
  .filter((name) => existsSync(join(root, name, "main.tf")) || existsSync(join(root, name, "main.tf.json")))
  .filter((name) => !existsSync(join(root, name, "KEPT")))
  .filter((name) => chosen.length === 0 || chosen.includes(name));

const environment = { ...process.env, ...terraformEnvironment() };

async function planCase(name: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), `tlsgate-${name}-`));
  try {
    cpSync(join(root, name), directory, { recursive: true });
    rmSync(join(directory, "plan.json"), { force: true });
    const terraform = (...words: string[]) =>
      run("terraform", words, { cwd: directory, env: environment, maxBuffer: 2 ** 28 });
    const extra = existsSync(join(directory, "PLAN_ARGS"))
      ? readFileSync(join(directory, "PLAN_ARGS"), "utf8").trim().split(/\s+/)
      : [];
    await terraform("init", "-input=false", "-backend=false", "-no-color");
    await terraform(
      "plan",
      "-input=false",
      "-no-color",
      "-refresh=false",
      "-lock=false",
      "-out=fixture.tfplan",
      ...extra,
    );
    return (await terraform("show", "-json", "fixture.tfplan")).stdout;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Sorted where Terraform's order is that of a hash map. */
function comparable(text: string): unknown {
  const plan = JSON.parse(text, (key, value) =>
    key === "child_modules" ? sorted(value, (module: { readonly address: string }) => module.address) : value,
  ) as Record<string, unknown>;
  delete plan.timestamp;
  const attributes = plan.relevant_attributes as unknown[] | undefined;
  if (attributes) sorted(attributes, JSON.stringify);
  return plan;
}

const sorted = <T>(items: T[], text: (item: T) => string): T[] =>
  items.sort((one, other) => (text(one) < text(other) ? -1 : 1));

function differences(one: unknown, other: unknown, path = ""): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
  if (!isBranch(one) || !isBranch(other))
    return [`${path}: ${JSON.stringify(one)} → ${JSON.stringify(other)}`.slice(0, 200)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    differences(one[key], other[key], `${path}.${key}`),
  );
}

let changed = 0;
let failed = 0;

async function work(queue: string[]): Promise<void> {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const file = join(root, name, "plan.json");
    try {
      const text = await planCase(name);
      const lines = existsSync(file)
        ? differences(comparable(readFileSync(file, "utf8")), comparable(text))
        : ["there was no plan yet"];
      console.log(
        lines.length === 0 ? `same     ${name}` : `changed  ${name}\n${lines.map((line) => `  ${line}`).join("\n")}`,
      );
      if (lines.length > 0) changed++;
      if (lines.length > 0 && !check) writeFileSync(file, text);
    } catch (error) {
      failed++;
      console.error(`failed   ${name}\n${(error as ExecFileException).stderr ?? error}`);
    }
  }
}

const queue = [...cases];
await Promise.all(Array.from({ length: Math.min(availableParallelism(), cases.length) }, () => work(queue)));
console.log(`${cases.length} planned, ${changed} changed, ${failed} failed`);
if (failed > 0 || (check && changed > 0)) process.exitCode = 1;
