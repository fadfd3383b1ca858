// google_storage_bucket → object store: a constraint of its project, or of a folder or organization above, refuses plain HTTP.
// https://cloud.google.com/storage/docs/org-policy-constraints#secure-http-transport

import { outside } from "../../cause.ts";
import { defineAdapter } from "../../facts/adapter.ts";
import { type Fact, isShown, known, standAt, unknown, type Value } from "../../facts/fact.ts";
import type { Resource } from "../../plan/view.ts";

export default defineAdapter({
  id: "google/storage-bucket",
  resourceTypes: ["google_storage_bucket"],
  cannotShow: [
    "Organization policies of other configurations: a bucket whose project gets no constraint storage.secureHttpTransport in the plan may have it from above.",
  ],
  objectStores: (bucket) => [
    { address: bucket.address, kind: "Cloud Storage bucket", refusesPlainHttp: refusalOf(bucket) },
  ],
});

function refusalOf(bucket: Resource): Fact<boolean> {
  const project = projectOf(bucket);
  const constraint = constraintsIn(bucket).find((one) => isShown(project) && isEnforcedIn(one, String(project.value)));
  if (constraint) return { ...known(true), ...standAt(bucket, ""), related: [constraint.address] };
  const cause = outside`an organization policy decides, by its constraint storage.secureHttpTransport, and the plan holds none that is sure to apply`;
  return { ...unknown(cause), ...standAt(bucket, "") };
}

function projectOf(bucket: Resource): Value {
  const own = bucket.value("project");
  return own.state === "absent" ? bucket.provider("project") : own;
}

const constraintsIn = ({ scope: { view } }: Resource): readonly Resource[] =>
  ["google_org_policy_policy", "google_project_organization_policy"].flatMap((type) => view.resources(type));

const constraintName = "storage.secureHttpTransport";

/** Whether a policy is the constraint's, without a condition, and a project's own. */
function isEnforcedIn(policy: Resource, project: string): boolean {
  const holds = (value: Value, ...texts: readonly unknown[]) => isShown(value) && texts.includes(value.value);
  if (policy.type === "google_project_organization_policy") {
    return (
      holds(policy.value("project"), project) &&
      holds(policy.value("constraint"), constraintName, `constraints/${constraintName}`) &&
      holds(policy.block("boolean_policy").value("enforced"), true)
    );
  }
  const rules = policy.block("spec").blocks("rules");
  return (
    holds(policy.value("name"), `projects/${project}/policies/${constraintName}`) &&
    rules.some((rule) => holds(rule.value("enforce"), "TRUE", "true") && rule.block("condition").presence === "absent")
  );
}
