// All that tlsgate reads of Terraform's JSON, as JSON Schemas; `npm run generate` compiles them ahead.
// https://developer.hashicorp.com/terraform/internals/json-format

const object = { type: "object" };
const text = { type: "string" };
const flag = { type: "boolean" };
const mode = { enum: ["managed", "data"] };
const textOrNumber = { type: ["string", "number"] };

const record = (properties: object, ...required: string[]) => ({ type: "object", properties, required });
const list = (items: object) => ({ type: "array", items });
const map = (additionalProperties: object) => ({ type: "object", additionalProperties });

/** A part that the compiled code holds once, however often it stands here. */
const part = (name: string) => ({ $ref: `terraform#/definitions/${name}` });

/** Masks, expressions and blocks: see nested-parts.ts. */
const nested = {};

/** What values belong to a resource instance. What a provider puts into them is its own affair: any JSON. */
const values = { type: ["object", "null"] };

const identity = { address: text, mode, type: text, name: text, index: textOrNumber, provider_name: text };

/** The parts of plans and states. */
const definitions = {
  texts: list(text),
  resourceChange: record(
    {
      ...identity,
      module_address: text,
      previous_address: text,
      deposed: text,
      change: record(
        {
          actions: part("texts"),
          before: values,
          after: values,
          after_unknown: nested,
          before_sensitive: nested,
          after_sensitive: nested,
          importing: values,
        },
        "actions",
      ),
    },
    "address",
    "mode",
    "type",
    "name",
    "change",
  ),
  stateModule: record({
    address: text,
    resources: list(
      record({ ...identity, deposed_key: text, values, sensitive_values: nested }, "address", "mode", "type", "name"),
    ),
    child_modules: list(part("stateModule")),
  }),
  repeated: record({
    expressions: nested,
    count_expression: nested,
    for_each_expression: nested,
    depends_on: part("texts"),
  }),
  module: record({
    resources: list({
      allOf: [
        part("repeated"),
        record({ mode, type: text, name: text, provider_config_key: text }, "mode", "type", "name"),
      ],
    }),
    module_calls: map({ allOf: [part("repeated"), record({ module: part("module") })] }),
    outputs: map(record({ expression: nested, sensitive: flag })),
    variables: map(record({ sensitive: flag })),
  }),
};

const stateValues = record({ root_module: part("stateModule") });

export const sharedSchema = { $id: "terraform", definitions };

/** `terraform show -json PLAN` */
export const planSchema = {
  $id: "plan",
  ...record(
    {
      format_version: text,
      terraform_version: text,
      timestamp: text,
      variables: map(object),
      resource_changes: list(part("resourceChange")),
      deferred_changes: list(record({ resource_change: part("resourceChange") }, "resource_change")),
      prior_state: { ...record({ values: stateValues }), type: ["object", "null"] },
      configuration: record({
        provider_config: map(
          record({ name: text, full_name: text, alias: text, module_address: text, expressions: nested }),
        ),
        root_module: part("module"),
      }),
      relevant_attributes: list(record({ resource: text, attribute: list(textOrNumber) }, "resource", "attribute")),
      complete: flag,
      errored: flag,
    },
    "format_version",
  ),
};

/** `terraform show -json STATE` */
export const stateSchema = {
  $id: "state",
  ...record({ format_version: text, terraform_version: text, values: stateValues }, "format_version"),
};
