// What is said of waivers, where a code host shows it: at the line of the file, from the repository's root.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { command, commitAll, git, putPlan, temporaryHome, writeFiles } from "../support/pull-request.ts";

const home = temporaryHome();

function check(directory: string, ...options: string[]): { readonly code: number | null; readonly out: string } {
  const args = [command, "check", ...options, "plan.json"];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: join(home(), directory), encoding: "utf8" });
  return { code: status, out: stdout };
}

function prepared(directory: string): void {
  git(home(), "init", "--quiet", "--initial-branch", "main");
  writeFiles(home(), { "tlsgate.waivers.yaml": "- policy: https-only\n" });
  commitAll(home(), "base");
  putPlan(home(), "secure-website", join(directory, "plan.json"));
}

test("wherever the command runs", () => {
  prepared("infra");
  const { out, code } = check("infra", "--report", "sarif=out.sarif", "--report", "github=out.txt");
  expect(code).toBe(1);
  expect(out).toContain("../tlsgate.waivers.yaml:1:3");
  const read = (name: string) => readFileSync(join(home(), "infra", name), "utf8");
  expect(read("out.txt")).toMatch(/^::error file=tlsgate\.waivers\.yaml,line=1,col=3,title=waiver-malformed/);
  const [result] = JSON.parse(read("out.sarif")).runs[0].results;
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "tlsgate.waivers.yaml", uriBaseId: "%SRCROOT%" },
    region: { startLine: 1, startColumn: 3 },
  });
});

test("of a commit whose file is another one today: at no line of it", () => {
  prepared(".");
  rmSync(join(home(), "tlsgate.waivers.yaml"));
  const { runs } = JSON.parse(check(".", "--config-from", "main", "--format", "sarif").out);
  const [{ message, locations }] = runs[0].results;
  expect(message.text).toContain("tlsgate.waivers.yaml (at main) (waiver 1)");
  expect(locations[0].physicalLocation.artifactLocation.uri).toBe("tlsgate.waivers.yaml");
  expect(check(".", "--config-from", "main", "--format", "github").out).toMatch(/^::error title=waiver-malformed/);
});
