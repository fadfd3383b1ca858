// The list of policies, and a policy's explanation.

import { describe, expect, test } from "vitest";
import { profiles } from "../../policies/profiles.ts";
import { policies } from "../../policies/registry.ts";
import { explanation, policyDocuments, policyList } from "../../src/report/catalogue.ts";
import { plain } from "../../src/report/style.ts";

const screen = { style: plain, width: 100 };
const { enforcement } = profiles.recommended;
const stance = { enforcement, unknown: Object.fromEntries(policies.map(({ id, whenUnknown }) => [id, whenUnknown])) };
const example = { pass: 'resource "test" "good" {\n  floor = "TLS 1.2"\n}\n', fail: 'resource "test" "bad" {\n}\n' };

describe("the list", () => {
  test("has a line for each policy, with what the profile makes of it", () => {
    const list = policyList(policies, stance, screen);
    expect(list).toMatch(/^policy +severity +enforced +unknown +requires\n/);
    expect(list).toMatch(/^https-only +critical +mandatory +refuse +Redirect or refuse plain HTTP/m);
    expect(list).toMatch(/^modern-http +low +advisory +warn /m);
    expect(list).toMatch(/^hsts-preload +low +off +off /m);
    expect(list.match(/^[a-z0-9-]+ /gm)).toHaveLength(policies.length + 1);
  });

  test("says what becomes of what a plan does not tell", () => {
    const unknown = { ...stance.unknown, "https-only": "warn", "modern-http": "refuse" } as const;
    const list = policyList(policies, { ...stance, unknown }, screen);
    expect(list).toMatch(/^https-only +critical +mandatory +warn /m);
    // It is advice: nothing of it refuses.
    expect(list).toMatch(/^modern-http +low +advisory +warn /m);
  });

  test("keeps to the width, below the column where the requirement begins", () => {
    const list = policyList(policies, stance, { style: plain, width: 80 }).split("\n");
    expect(list.filter((line) => line.length > 80)).toEqual([]);
    const column = list[0]?.indexOf("requires") ?? 0;
    for (const line of list.filter((one) => one.startsWith(" "))) expect(line.search(/\S/)).toBe(column);
  });
});

describe("documents", () => {
  test("hold what an author wrote of each policy, and its enforcement", () => {
    const documents = JSON.parse(policyDocuments(policies, stance));
    expect(documents.map(({ id }: { id: string }) => id)).toEqual(policies.map(({ id }) => id));
    for (const [index, policy] of policies.entries()) {
      const { requires, severity, whenUnknown, why, fix, references, controls, options } = policy;
      const enforced = (enforcement as { [id: string]: string })[policy.id] ?? "off";
      expect(documents[index]).toEqual({
        id: policy.id,
        requires,
        severity,
        enforcement: enforced,
        unknown: enforced === "mandatory" ? whenUnknown : enforced === "advisory" ? "warn" : "off",
        whenUnknown,
        why,
        fix,
        references,
        controls,
        ...(options && { options }),
      });
    }
  });

  test("hold examples where they are asked for", () => {
    const [first] = policies;
    const [document] = JSON.parse(policyDocuments(policies.slice(0, 1), stance, { [first?.id ?? ""]: example }));
    expect(document.examples).toEqual(example);
    expect(JSON.parse(policyDocuments(policies.slice(0, 1), stance, {}))[0].examples).toBeNull();
  });
});

describe.each(policies.map((policy) => [policy.id, policy] as const))("the explanation of %s", (id, policy) => {
  const all = Object.fromEntries(policies.map((one) => [one.id, "mandatory" as const]));
  const mandatory = { ...stance, enforcement: all };
  const output = explanation(policy, mandatory, example, screen);
  const flat = output.replace(/\s+/g, " ");

  test("says what, why, how to mend it, and where that is from", () => {
    expect(output.startsWith(`${id}  ${policy.severity}; `)).toBe(true);
    for (const part of [policy.requires, policy.why, policy.fix, ...policy.references]) {
      expect(flat).toContain(part.replace(/\s+/g, " "));
    }
    for (const [framework, ids] of Object.entries(policy.controls))
      expect(flat).toContain(`${framework}: ${ids.join(", ")}`);
    expect(output).toContain(policy.whenUnknown === "refuse" ? "refuses the plan when" : "warns when");
    expect(explanation(policy, { enforcement: {}, unknown: {} }, example, screen)).toContain(
      `${policy.severity}; switched off\n`,
    );
  });

  test("shows Terraform that fails and that passes, as it is written", () => {
    expect(output).toContain('Fails\n  resource "test" "bad" {\n  }\n');
    expect(output).toContain('Passes\n  resource "test" "good" {\n    floor = "TLS 1.2"\n  }\n');
    expect(explanation(policy, mandatory, undefined, screen)).not.toContain("Passes");
  });
});
