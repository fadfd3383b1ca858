// Resource types of the awscc provider that may serve HTTPS: no adapter reads any.

import type { NotJudgedTypes } from "../../facts/not-judged.ts";
import { awsccTypeOf, cloudFormationTypes } from "./cloudformation-types.ts";

/** https://registry.terraform.io/providers/hashicorp/awscc/latest/docs */
export const notJudged: NotJudgedTypes = {
  ...Object.fromEntries(
    Object.entries(cloudFormationTypes)
      .filter(([type]) => !type.startsWith("AWS::Serverless::"))
      .map(([type, what]) => [awsccTypeOf(type), what]),
  ),
};
