// The gate around the real terraform: refused, dismissed, approved, destroyed; and what is in its state afterwards.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { terraformEnvironment } from "../../scripts/terraform.ts";
import { gateBench, type Outcome, type Settings } from "../support/gate.ts";
import { terraformIsHere } from "../support/terraform-run.ts";

const { path, write, run, left } = gateBench();

const environment = terraformEnvironment();

/** With the arguments before the settings' own. */
const gate = (args: readonly string[], { env, ...settings }: Settings = {}): Promise<Outcome> =>
  run(args, { ...settings, env: { ...environment, PATH: process.env.PATH, ...env } });

const terraform = (...args: string[]): string =>
  execFileSync("terraform", args, { cwd: path(), env: { ...process.env, ...environment }, encoding: "utf8" });

const one = `
resource "terraform_data" "one" {
  input = var.word
}

variable "word" {
  default = "first"
}
`;

const two = `${one}
resource "terraform_data" "two" {}
`;

/** By address, what the state holds as input. */
function state(): { readonly [address: string]: unknown } {
  const text = existsSync(path("terraform.tfstate")) ? readFileSync(path("terraform.tfstate"), "utf8") : "";
  // A plan that waits for its lock leaves the file empty.
  const { resources } = text === "" ? { resources: [] } : JSON.parse(text);
  return Object.fromEntries(
    resources.map(({ type, name, instances }: StateResource) => [
      `${type}.${name}`,
      instances[0]?.attributes.input?.value ?? null,
    ]),
  );
}

interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: { readonly input?: { readonly value: unknown } } }[];
}

function insecureWebsite(): void {
  copyFileSync("test/plans/insecure-website/main.tf", path("main.tf"));
  terraform("init", "-input=false", "-backend=false");
}

describe.runIf(terraformIsHere("the gate around terraform"))("terraform", () => {
  test("is passed on to", async () => {
    const { code, out } = await gate(["version"]);
    expect(out).toBe(terraform("version"));
    expect(code).toBe(0);
    expect((await gate(["plan", "-detailed-exitcode"])).code).toBe(1);
    write("main.tf", one);
    expect((await gate(["plan", "-detailed-exitcode"])).code).toBe(2);
  });

  test("prints its own help of apply", async () => {
    expect((await gate(["apply", "-help"])).out).toBe(terraform("apply", "-help"));
  });

  test("refused: creates nothing, however it is called", async () => {
    insecureWebsite();
    const { code, out } = await gate(["apply", "-auto-approve", "-no-color"]);
    expect(out).toContain("Plan: 3 to add, 0 to change, 0 to destroy.");
    expect(out).not.toContain("terraform apply");
    expect(out).toContain("✖ this plan refused");
    expect(out).toContain("✖ minimum-tls-1-2: accepts TLS 1.0 (high, introduced)");
    expect(out).toContain("tlsgate: Refused, so nothing was applied.");
    expect({ code, state: state(), left: left() }).toEqual({ code: 3, state: {}, left: [] });

    terraform("plan", "-out=given");
    expect((await gate(["apply", "given"])).code).toBe(3);
    expect((await gate(["apply"], { env: { TF_CLI_ARGS_apply: "-auto-approve given" } })).code).toBe(3);
    expect((await gate([], { env: { TF_CLI_ARGS: "apply -auto-approve given" } })).out).toContain("Usage: terraform");
    expect({ state: state(), left: left() }).toEqual({ state: {}, left: [] });
  }, 120_000);

  test("allowed: is applied, then has nothing to do, then is destroyed", async () => {
    write("main.tf", one);
    const first = await gate(["apply", "-auto-approve", "-var", "word=second"]);
    expect(first.out).toContain("✔ this plan pass");
    expect(first.out).toContain("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
    expect({ code: first.code, err: first.err, state: state() }).toEqual({
      code: 0,
      err: "",
      state: { "terraform_data.one": "second" },
    });

    const again = await gate(["apply", "-var=word=second"], { input: "" });
    expect(again.out).toContain("No changes.");
    expect(again.out).not.toContain("Do you want");
    expect(again.code).toBe(0);

    const refreshed = await gate(["apply", "-refresh-only", "-auto-approve", "-var=word=second"]);
    expect(refreshed.code).toBe(0);

    const kept = await gate(["destroy"], { input: "no\n" });
    expect(kept.out).toContain("\nDo you really want to destroy all resources?\n");
    expect(kept.out).toMatch(/\nDestroy cancelled\.\n$/);
    expect({ code: kept.code, state: state() }).toEqual({ code: 1, state: { "terraform_data.one": "second" } });

    expect((await gate(["destroy"], { input: "yes\n" })).code).toBe(0);
    expect({ state: state(), left: left() }).toEqual({ state: {}, left: [] });
  }, 60_000);

  test("asks as it does without the gate", async () => {
    write("main.tf", one);
    // Which of the lines come from the gate, and which from terraform.
    const withoutVerdict = (out: string) => out.replace(/\n✔ this plan pass.*?\n\npass [^\n]*\n/s, "");
    const own = (args: string[], input: string) => {
      try {
        return execFileSync("terraform", args, {
          cwd: path(),
          env: { ...process.env, ...environment },
          input,
        }).toString();
      } catch (error) {
        return (error as { stdout: Buffer }).stdout.toString();
      }
    };
    for (const args of [
      ["apply", "-no-color"],
      ["apply", "-no-color", "-input=false"],
    ]) {
      const { code, out } = await gate(args, { input: "no\n" });
      expect(withoutVerdict(out)).toBe(own(args, "no\n"));
      expect(code).toBe(1);
    }
    expect(state()).toEqual({});
    expect((await gate(["apply"], { input: "yes\n" })).code).toBe(0);
    expect(withoutVerdict((await gate(["destroy", "-no-color"], { input: "no\n" })).out)).toBe(
      own(["destroy", "-no-color"], "no\n"),
    );
  }, 60_000);

  test("applies a given plan, and none that is stale", async () => {
    write("main.tf", one);
    terraform("plan", "-out=given", "-var=word=given");
    expect((await gate(["apply", "given"])).code).toBe(0);
    expect(state()).toEqual({ "terraform_data.one": "given" });
    const { code, err } = await gate(["apply", "given"]);
    expect(err).toContain("Saved plan is stale");
    expect(code).toBe(1);
  });

  test("takes ephemeral variables for the plan and for the apply", async () => {
    write("main.tf", `${one}\nvariable "token" {\n  ephemeral = true\n}\n`);
    const { code, err } = await gate(["apply", "-auto-approve", "-var=token=t", "-var=word=w"]);
    expect({ code, err, state: state() }).toEqual({ code: 0, err: "", state: { "terraform_data.one": "w" } });
  });

  test("works on the state file and in the directory that it is told", async () => {
    write("stack/main.tf", one);
    const { code } = await gate(["-chdir=stack", "apply", "-auto-approve", "-state=other.tfstate"]);
    expect(code).toBe(0);
    expect(existsSync(path("stack/other.tfstate"))).toBe(true);
    expect(existsSync(path("stack/terraform.tfstate"))).toBe(false);
  });

  test("with -target makes a partial plan: refused, unless it is allowed or deletes alone", async () => {
    write("main.tf", two);
    const partial = await gate(["apply", "-auto-approve", "-target=terraform_data.two"]);
    expect(partial.err).toContain("this plan leaves changes out (-target");
    expect({ code: partial.code, state: state() }).toEqual({ code: 2, state: {} });

    const env = { TLSGATE_PARTIAL: "allow" };
    expect((await gate(["apply", "-auto-approve", "-target=terraform_data.two"], { env })).code).toBe(0);
    expect(state()).toEqual({ "terraform_data.two": null });
    expect((await gate(["apply", "-auto-approve"])).code).toBe(0);
    expect((await gate(["destroy", "-auto-approve", "-target=terraform_data.two"])).code).toBe(0);
    expect(state()).toEqual({ "terraform_data.one": "first" });
  }, 60_000);

  test("fails with its own code, in the plan and in the apply", async () => {
    write(
      "main.tf",
      'resource "terraform_data" "one" {\n  for_each = toset([terraform_data.two.id])\n}\n\nresource "terraform_data" "two" {}\n',
    );
    const planned = await gate(["apply", "-auto-approve"]);
    expect(planned.err).toContain("Invalid for_each argument");
    expect(planned.err).toContain("tlsgate: terraform plan ended with code 1, so nothing was judged");
    expect({ code: planned.code, state: state() }).toEqual({ code: 1, state: {} });

    write(
      "main.tf",
      'resource "terraform_data" "one" {\n  provisioner "local-exec" {\n    command = "exit 9"\n  }\n}\n',
    );
    const applied = await gate(["apply", "-auto-approve"]);
    expect(applied.err).toContain("local-exec provisioner error");
    expect({ code: applied.code, left: left() }).toEqual({ code: 1, left: [] });
  }, 60_000);

  test("that finds no room for the plan applies nothing", async () => {
    write("main.tf", one);
    // One block: enough for the lock, too little for the plan.
    const cramped = write("cramped", '#!/bin/sh\nulimit -f 1\nexec terraform "$@"\n');
    chmodSync(cramped, 0o755);
    const { code, err } = await gate(["apply", "-auto-approve"], { env: { TLSGATE_TERRAFORM: cramped } });
    // Terraform 1.11 says nothing of it and ends well; the gate finds no whole plan.
    expect(err).toMatch(/nothing was judged and nothing was applied\.\n$/);
    expect({ applied: code === 0, state: state(), left: left() }).toEqual({ applied: false, state: {}, left: [] });
  });

  describe("waiting for a variable in the plan", () => {
    const waiting = async (act: (terraform: number, gate: number) => void) => {
      write("main.tf", one.replace('default = "first"', "type = string"));
      const noted = write("noted", `#!/bin/sh\necho $$ > ${path("pid")}\nexec terraform "$@"\n`);
      chmodSync(noted, 0o755);
      let acted = false;
      return gate(["apply", "-auto-approve"], {
        env: { TLSGATE_TERRAFORM: noted },
        onOutput: (out, { pid = 0 }) => {
          if (acted || !out.includes("Enter a value:")) return;
          acted = true;
          act(Number(readFileSync(path("pid"), "utf8")), pid);
        },
      });
    };

    test("and killed: nothing is applied", async () => {
      const { code, err } = await waiting((terraform) => process.kill(terraform, "SIGKILL"));
      expect(err).toBe("tlsgate: terraform plan ended by SIGKILL, so nothing was judged and nothing was applied.\n");
      expect({ code, state: state(), left: left() }).toEqual({ code: 137, state: {}, left: [] });
    });

    test("and interrupted: it ends by itself, and nothing is applied", async () => {
      const { code, err } = await waiting((_, gate) => process.kill(gate, "SIGINT"));
      expect(err).toMatch(
        /tlsgate: terraform plan ended with code 1, so nothing was judged and nothing was applied\.\n$/,
      );
      expect({ code, state: state(), left: left() }).toEqual({ code: 1, state: {}, left: [] });
    });
  });
});
