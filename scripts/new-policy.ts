// Starts a policy: its file, its test, its Terraform. What its author has to think about says TODO, and fails.
// usage: npm run new:policy ID

import { readFileSync } from "node:fs";
import { isKebabCase, refuse, scaffold } from "./scaffold.ts";

const [id = "", ...others] = process.argv.slice(2);
if (others.length > 0 || !isKebabCase(id) || ["registry", "profiles"].includes(id)) {
  refuse("usage: npm run new:policy ID\nwhere ID is in kebab case and says what is required, e.g. minimum-tls-1-2");
}

const policy = `// TODO: what it requires, in one line.
import { definePolicy, judge } from "../src/policy.ts";
import { text } from "../src/text.ts";

export default definePolicy({
  id: "${id}",
  requires: "TODO: what is required, as one sentence in the imperative",
  severity: "high",
  whenUnknown: "warn",
  why: "TODO: what goes wrong without it, in a sentence or two.",
  fix: "TODO: what to change, whichever cloud it is.",
  references: ["TODO: the standard or the documentation that asks for it"],
  controls: {},

  // TODO: judge the facts that it is about; src/facts/endpoint.ts has them all; evaluateObjectStore judges src/facts/object-store.ts.
  evaluate: ({ minimumTls }) => [judge(minimumTls, (version) => text\`TODO: what is wrong with \${version}\`)],
});
`;

const test = `// The policy ${id}, on endpoints made up and on a real plan.

import policy from "../../policies/${id}.ts";
import { endpoint, unknown } from "../support/endpoint.ts";
import { testPolicy } from "../support/policy.ts";

testPolicy(policy, {
  // TODO: what just passes, e.g. "TLS 1.2": endpoint({ minimumTls: known("TLS 1.2") })
  pass: {},
  // TODO: what just fails, and that it fails while sensitive too
  fail: {},
  unknown: {
    "TODO: the fact that is judged": endpoint({ minimumTls: unknown }),
  },
  // TODO: each address in test/plans/${id}/main.tf that is judged, with its worst outcome
  plan: {},
});
`;

const model = readFileSync("test/plans/minimum-tls-1-2/main.tf", "utf8");
const terraform = model.replace(
  /^#.*/,
  "# TODO: a resource that passes, one that fails, one that is known after apply.",
);

/** In the picture of an endpoint: by id, as the others are. */
function withTopics(marks: string): string {
  const table = /(?<=\nexport const topicsOf.* = \{\n).*?(?=\};\n)/s;
  const line = `  "${id}": ["minimumTls"], // TODO: the facts that it judges\n`;
  return marks.replace(table, (lines) => [...lines.split(/(?<=\n)/), line].sort().join(""));
}

scaffold(
  { [`policies/${id}.ts`]: policy, [`test/policies/${id}.test.ts`]: test, [`test/plans/${id}/main.tf`]: terraform },
  [
    "write what says TODO",
    `npm run plans -- ${id}`,
    "npm run generate",
    `npx vitest run test/policies/${id}.test.ts`,
    "choose the profiles that hold it: policies/profiles.ts",
    `npm run mutants -- policies/${id}.ts`,
  ],
  { "src/report/html/marks.ts": withTopics },
);
