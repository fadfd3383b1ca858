// Buckets of Cloud Storage → object stores: refused plain HTTP where the plan holds the constraint of their project.

import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { configured, type Made, plan } from "../../support/made.ts";
import { findings } from "../../support/plans.ts";
import { at, objectStoresOf, said } from "../../support/said.ts";

const address = "google_storage_bucket.made";
const constraint = "storage.secureHttpTransport";

const made = (changes: Made["changes"], after: JsonObject = { project: "shop" }) =>
  plan({ changes: { [address]: { after }, ...changes }, root: { resources: [configured(address)] } });

const refuses = (...given: Parameters<typeof made>) =>
  said(at(objectStoresOf(made(...given)), address).refusesPlainHttp);

const open =
  "? an organization policy decides, by its constraint storage.secureHttpTransport, and the plan holds none that is sure to apply";

const policy = (changes: JsonObject = {}, rule: JsonObject = { enforce: "TRUE" }) => ({
  "google_org_policy_policy.made": {
    after: {
      name: `projects/shop/policies/${constraint}`,
      parent: "projects/shop",
      spec: [{ rules: [rule] }],
      ...changes,
    },
  },
});

const older = (changes: JsonObject = {}) => ({
  "google_project_organization_policy.made": {
    after: { project: "shop", constraint, boolean_policy: [{ enforced: true }], ...changes },
  },
});

test.each<[string, Made["changes"], unknown]>([
  ["no policy", {}, open],
  ["the constraint, enforced", policy(), true],
  ["not enforced", policy({}, { enforce: "FALSE" }), open],
  ["under a condition", policy({}, { enforce: "TRUE", condition: [{ expression: "a" }] }), open],
  ["another constraint", policy({ name: "projects/shop/policies/storage.publicAccessPrevention" }), open],
  ["another project", policy({ name: `projects/other/policies/${constraint}` }), open],
  ["a folder, which may be above the project or not", policy({ name: `folders/1/policies/${constraint}` }), open],
  ["the older resource", older(), true],
  ["the constraint by its full name", older({ constraint: `constraints/${constraint}` }), true],
  ["the older one, not enforced", older({ boolean_policy: [{ enforced: false }] }), open],
  ["the older one, of another project", older({ project: "other" }), open],
])("%s", (_, changes, expected) => expect(refuses(changes)).toBe(expected));

test("a bucket whose project is not known", () => {
  expect(refuses(policy(), {})).toBe(open);
});

test("no plan can show the policies above, so it refuses nothing", () => {
  const found = findings(made({})).filter(({ address: where }) => where === address);
  expect(
    found.map(({ policy: id, outcome, unknown, refuses: refused }) => [id, outcome, unknown?.kind, refused]),
  ).toEqual([["storage-secure-transport", "unknown", "outside", false]]);
  const related = findings(made(policy())).filter(({ address: where }) => where === address);
  expect(related.map(({ outcome, related: others }) => [outcome, others])).toEqual([
    ["pass", ["google_org_policy_policy.made"]],
  ]);
});
