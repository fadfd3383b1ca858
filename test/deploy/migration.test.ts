// The migration in docs/constructs.md, followed: what was written by hand and applied moves to the constructs, nothing is
// destroyed, and out of CDKTF again.

import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Deployment, deploymentOf, type Ended } from "../support/deployment.ts";

const moto = inject("moto")?.migration;

interface Change {
  readonly address: string;
  readonly previous_address?: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[] };
}

interface State {
  readonly resources: readonly { readonly instances: readonly object[] }[];
}

describe.runIf(moto)("a website that was written by hand", { timeout: 600_000 }, () => {
  const stack = join("cdktf.out", "stacks", "site");
  let deployment: Deployment;
  let zone = "";

  beforeAll(async () => {
    deployment = await deploymentOf(join(import.meta.dirname, "migration"), moto ?? "");
    zone = await deployment.aws.createZone("example.test");
  });
  afterAll(() => deployment.remove());

  const run = (file: string, args: readonly string[], cwd = "."): Promise<Ended> =>
    deployment.run(file, args, { ZONE_ID: zone, TF_VAR_zone_id: zone }, deployment.path(cwd));

  async function terraform(cwd: string, ...args: string[]): Promise<string> {
    const { code, screen } = await run("terraform", args, cwd);
    expect(code, screen).toBe(0);
    return screen;
  }

  test("is applied", async () => {
    await terraform("before", "init", "-input=false");
    expect(await terraform("before", "apply", "-auto-approve")).toContain("Apply complete!");
  });

  test("moves to the constructs: nothing is destroyed, and the gate passes", async () => {
    const synthesised = await run(process.execPath, ["--import", "tsx", "main.ts"]);
    expect(synthesised.code, synthesised.screen).toBe(0);
    // The state of before becomes that of the stack, as it would in a backend that both have.
    copyFileSync(deployment.path("before", "terraform.tfstate"), deployment.path("terraform.site.tfstate"));
    await terraform(stack, "init", "-input=false");
    const screen = await terraform(stack, "plan", "-input=false", "-out=migration.tfplan");
    expect(screen).toContain("Plan: 6 to add, 5 to change, 0 to destroy.");
    const { resource_changes: changes } = JSON.parse(await terraform(stack, "show", "-json", "migration.tfplan")) as {
      readonly resource_changes: readonly Change[];
    };
    const typesOf = (action: string) =>
      changes.filter(({ change }) => change.actions.includes(action)).map(({ type }) => type);
    expect(typesOf("create").sort()).toEqual([
      "aws_cloudfront_response_headers_policy",
      "aws_route53_record",
      "aws_route53_record",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
    ]);
    expect(typesOf("update").sort()).toEqual([
      "aws_cloudfront_distribution",
      "aws_cloudfront_origin_access_control",
      "aws_route53_record",
      "aws_route53_record",
      "aws_s3_bucket_policy",
    ]);
    const state = JSON.parse(readFileSync(deployment.path("before", "terraform.tfstate"), "utf8")) as State;
    const written = state.resources.flatMap(({ instances }) => instances);
    expect(changes.filter((one) => one.previous_address !== undefined)).toHaveLength(written.length);
    const gate = await run("tlsgate", ["check", "migration.tfplan"], stack);
    expect(gate.code, gate.screen).toBe(0);
  });

  /** What a plan changes, by the names that resources have without CDKTF's hashes. */
  async function planned(cwd: string): Promise<{ readonly [name: string]: Change["change"] }> {
    await terraform(cwd, "plan", "-input=false", "-out=next.tfplan");
    const { resource_changes: changes } = JSON.parse(await terraform(cwd, "show", "-json", "next.tfplan")) as {
      readonly resource_changes: readonly Change[];
    };
    return Object.fromEntries(
      changes.map(({ address, change }) => [address.replace(/_[0-9A-F]{8}$/, "").replaceAll("-", "_"), change]),
    );
  }

  test("leaves CDKTF: the state takes the new names, and nothing else changes", async () => {
    expect(await terraform(stack, "apply", "-auto-approve", "-input=false")).toContain("0 destroyed.");
    // What moto does not keep is to be updated either way.
    const before = await planned(stack);
    const ejected = await run("tlsgate", ["modules", "eject", "site"]);
    expect(ejected.code, ejected.screen).toBe(0);
    const output = join("terraform", "site");
    await terraform(output, "init", "-input=false");
    expect(await planned(output)).toEqual(before);
    expect(Object.keys(before).filter((address) => /_[0-9A-F]{8}/.test(address))).toEqual([]);
    const actions = Object.values(before).flatMap((change) => change.actions);
    expect(actions.filter((action) => action === "no-op").length).toBeGreaterThan(10);
    expect(actions).not.toContain("delete");
    const gate = await run("tlsgate", ["check", "next.tfplan"], output);
    expect(gate.code, gate.screen).toBe(0);
  });
});
