// Arguments of terraform → passed on, or gated, and which flag belongs to which step.

import { describe, expect, test } from "vitest";
import { type Environment, type Gated, route } from "../../src/gate/arguments.ts";
import { InputError } from "../../src/input-error.ts";

const gated = (args: readonly string[], environment: Environment = {}): Gated => {
  const asked = route(args, environment);
  if (asked.kind !== "gated") throw new Error(`${args.join(" ")} is passed on`);
  return asked;
};

const mistake = (args: readonly string[], environment: Environment = {}): string => {
  try {
    route(args, environment);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`${args.join(" ")} is taken`);
};

describe("passed on as they are", () => {
  test.each([
    [["version", "-json"]],
    [["-v"]],
    [["init", "-input=false"]],
    [["plan", "-input=false", "-out", "plan"]],
    [["-chdir=stack", "output", "-json"]],
    [["-help", "plan"]],
    [["state", "list"]],
    [["workspace", "select", "apply"]],
    [["applyy"]],
    [["providers", "lock", "-platform=linux_amd64"]],
  ])("%j", (args) => expect(route(args, {})).toEqual({ kind: "passed on", args, merges: args[0] !== "-v" }));

  test("without a command, nothing of TF_CLI_ARGS can become one", () => {
    const environment = { TF_CLI_ARGS: "apply -auto-approve" };
    expect(route([], environment)).toEqual({ kind: "passed on", args: [], merges: false });
    expect(route(["-chdir=a"], environment)).toEqual({ kind: "passed on", args: ["-chdir=a"], merges: false });
  });

  test.each([["-h"], ["-help"], ["--help"]])("the help of apply, by %s, and nothing else of it", (flag) => {
    expect(route(["-chdir=a", "apply", "-auto-approve", flag], {})).toEqual({
      kind: "passed on",
      args: ["apply", "-help"],
      merges: false,
    });
  });
});

describe("what could hide a command is refused:", () => {
  test.each([
    [["--chdir", "dir", "apply"]],
    [["-chdir", "dir", "apply"]],
    [["--chdir=dir", "apply"]],
    [["-new-flag", "plan", "apply"]],
    [["", "apply"]],
    [["@file"]],
    [["-version", "apply"]],
    [["--", "apply"]],
  ])("%j", (args) => expect(mistake(args)).toContain("could get round the gate"));
});

describe("flags", () => {
  test("go to the step that they belong to", () => {
    const asked = gated([
      "apply",
      "-auto-approve",
      "-target=a.b",
      "-replace",
      "c.d",
      "-refresh=false",
      "--parallelism",
      "3",
      "-lock-timeout=5s",
      "-lock=false",
      "-state=s",
      "-state-out=o",
      "-backup",
      "b",
      "-input=false",
      "-compact-warnings",
    ]);
    expect(asked).toMatchObject({ mode: "apply", autoApprove: true, planFile: undefined, json: false, color: true });
    const both = ["-parallelism=3", "-lock-timeout=5s", "-lock=false", "-state=s"];
    expect(asked.planFlags).toEqual([
      "-compact-warnings",
      "-target=a.b",
      "-replace=c.d",
      "-refresh=false",
      ...both,
      "-input=false",
    ]);
    expect(asked.applyFlags).toEqual(["-compact-warnings", ...both, "-state-out=o", "-backup=b", "-input=false"]);
  });

  test("keep variables apart, in their order", () => {
    const { variables, planFlags } = gated(["apply", "-var", "a=-auto-approve", "-var-file=f", "-var=b=1=2"]);
    expect(variables).toEqual(["-var=a=-auto-approve", "-var-file=f", "-var=b=1=2"]);
    expect(planFlags).toEqual([]);
  });

  test("do not take a value for a flag", () => {
    expect(gated(["apply", "-var", "-auto-approve"])).toMatchObject({
      autoApprove: false,
      variables: ["-var=-auto-approve"],
    });
  });

  test("end at the first operand, as Terraform's do", () => {
    expect(gated(["apply", "-no-color", "tfplan"])).toMatchObject({ planFile: "tfplan", color: false });
    expect(gated(["apply", "--", "tfplan"])).toMatchObject({ planFile: "tfplan" });
    expect(gated(["apply", "-"])).toMatchObject({ planFile: "-" });
    expect(mistake(["apply", "tfplan", "-auto-approve"])).toBe(
      'apply takes one plan file, and "tfplan" is followed by 1 more argument: flags stand before it.',
    );
  });

  test("that stand anywhere are found anywhere, as by Terraform", () => {
    expect(gated(["apply", "tfplan", "-no-color"])).toMatchObject({ planFile: "tfplan", color: false });
  });

  test.each([
    ["true", true],
    ["1", true],
    ["T", true],
    ["false", false],
    ["0", false],
    ["F", false],
  ])("-auto-approve=%s is %s", (value, expected) => {
    expect(gated(["apply", `-auto-approve=${value}`]).autoApprove).toBe(expected);
  });

  test("the last of a kind wins", () => {
    expect(gated(["apply", "-auto-approve", "-auto-approve=false"]).autoApprove).toBe(false);
  });

  test.each<[readonly string[], string]>([
    [["-auto-approve=yes"], '-auto-approve is true or false, not "yes".'],
    [["-var"], "-var needs a value."],
    [["---var=x"], '"---var=…" is no flag.'],
    [["-=x"], '"-=…" is no flag.'],
    [["-out=mine"], "-out belongs to plan"],
    [["-out", "mine"], "-out belongs to plan"],
    [["-generate-config-out=f"], "-generate-config-out belongs to plan"],
    [["-detailed-exitcode"], "-detailed-exitcode belongs to plan"],
    [["-json"], "With -json nobody can be asked for approval."],
    [["-new-flag", "tfplan"], "tlsgate does not know -new-flag, nor whether it takes a value."],
    [["-new-flag=1", "tfplan"], "tlsgate does not know -new-flag, and cannot tell what it does to tfplan."],
  ])("%j is refused", (args, message) => expect(mistake(["apply", ...args])).toContain(message));

  test("that the gate does not know go to the plan, which is judged", () => {
    const { planFlags, applyFlags } = gated(["apply", "-new-flag=1"]);
    expect({ planFlags, applyFlags }).toEqual({ planFlags: ["-new-flag=1"], applyFlags: [] });
  });

  test("-json needs approval beforehand, or a plan file", () => {
    expect(gated(["apply", "-json", "-auto-approve"]).json).toBe(true);
    expect(gated(["apply", "-json", "tfplan"]).json).toBe(true);
  });
});

describe("the mode", () => {
  test.each<[readonly string[], Gated["mode"], readonly string[]]>([
    [["apply"], "apply", []],
    [["apply", "-destroy"], "destroy", ["-destroy"]],
    [["apply", "-destroy=false"], "apply", ["-destroy=false"]],
    [["destroy", "-target=a.b"], "destroy", ["-destroy", "-target=a.b"]],
    [["apply", "-refresh-only"], "refresh-only", ["-refresh-only"]],
  ])("of %j is %s", (args, mode, planFlags) => expect(gated(args)).toMatchObject({ mode, planFlags, applyFlags: [] }));

  test("destroy takes no plan file", () => expect(mistake(["destroy", "tfplan"])).toBe("destroy takes no plan file."));
});

test("-chdir is kept", () => {
  expect(gated(["-chdir=some/stack", "apply"]).directory).toBe("some/stack");
  expect(gated(["apply"]).directory).toBe(".");
});

describe("TF_CLI_ARGS", () => {
  test("is read as Terraform reads it, before the arguments", () => {
    const asked = gated(["apply", "-var=c=3"], {
      TF_CLI_ARGS: "-var=b=2 -no-color",
      TF_CLI_ARGS_apply: "-auto-approve -var 'a=x y'",
      TF_CLI_ARGS_plan: "-out=mine -destroy",
      TF_CLI_ARGS_destroy: "-target=z",
    });
    expect(asked).toMatchObject({ autoApprove: true, color: false, mode: "apply", planFlags: ["-no-color"] });
    expect(asked.variables).toEqual(["-var=a=x y", "-var=b=2", "-var=c=3"]);
  });

  test("of destroy is for destroy", () => {
    expect(gated(["destroy"], { TF_CLI_ARGS_destroy: "-target=z", TF_CLI_ARGS_apply: "-auto-approve" })).toMatchObject({
      autoApprove: false,
      planFlags: ["-destroy", "-target=z"],
    });
  });

  test("with a plan file has that one judged", () => {
    expect(gated(["apply"], { TF_CLI_ARGS_apply: "tfplan" }).planFile).toBe("tfplan");
    expect(mistake(["apply", "-auto-approve"], { TF_CLI_ARGS_apply: "tfplan" })).toContain("takes one plan file");
  });

  test.each(["-out=x", "-new-flag"])("cannot bring %s along", (text) => {
    expect(mistake(["apply"], { TF_CLI_ARGS_apply: text })).not.toBe("");
  });
});
