// The part of the plan format that tlsgate relies on, as JSON Schemas; `npm run generate` compiles them ahead.
// https://developer.hashicorp.com/terraform/internals/json-format

const object = { type: "object" };
const text = { type: "string" };
const flag = { type: "boolean" };
const objectOrNull = { type: ["object", "null"] };
const mask = { type: ["boolean", "array", "object"] };
const mode = { enum: ["managed", "data"] };
const instanceKey = { type: ["string", "number"] };

const record = (properties: object, ...required: string[]) => ({ type: "object", properties, required });
const list = (items: object) => ({ type: "array", items });
const map = (additionalProperties: object) => ({ type: "object", additionalProperties });

const expression = record({ references: list(text) });

const resourceChange = record(
  {
    address: text,
    module_address: text,
    previous_address: text,
    deposed: text,
    mode,
    type: text,
    name: text,
    index: instanceKey,
    change: record(
      {
        actions: list(text),
        before: objectOrNull,
        after: objectOrNull,
        after_unknown: mask,
        before_sensitive: mask,
        after_sensitive: mask,
        importing: objectOrNull,
      },
      "actions",
    ),
  },
  "address",
  "mode",
  "type",
  "name",
  "change",
);

const definitions = {
  stateModule: record({
    address: text,
    resources: list(
      record(
        {
          address: text,
          mode,
          type: text,
          name: text,
          index: instanceKey,
          values: objectOrNull,
          sensitive_values: mask,
        },
        "address",
        "mode",
        "type",
        "name",
      ),
    ),
    child_modules: list({ $ref: "#/definitions/stateModule" }),
  }),
  module: record({
    resources: list(
      record(
        {
          mode,
          type: text,
          name: text,
          provider_config_key: text,
          expressions: object,
          count_expression: expression,
          for_each_expression: expression,
          depends_on: list(text),
        },
        "mode",
        "type",
        "name",
      ),
    ),
    module_calls: map(
      record({
        module: { $ref: "#/definitions/module" },
        expressions: object,
        count_expression: expression,
        for_each_expression: expression,
        depends_on: list(text),
      }),
    ),
    outputs: map(record({ expression })),
    variables: map(object),
  }),
};

const stateValues = record({ root_module: { $ref: "#/definitions/stateModule" } });

/** `terraform show -json PLAN` */
export const planSchema = {
  $id: "plan",
  definitions,
  ...record(
    {
      format_version: text,
      terraform_version: text,
      variables: map(object),
      resource_changes: list(resourceChange),
      deferred_changes: list(record({ resource_change: resourceChange }, "resource_change")),
      prior_state: { ...record({ values: stateValues }), type: ["object", "null"] },
      configuration: record({
        provider_config: map(record({ expressions: object, module_address: text })),
        root_module: { $ref: "#/definitions/module" },
      }),
      relevant_attributes: list(
        record({ resource: text, attribute: list({ type: ["string", "number"] }) }, "resource", "attribute"),
      ),
      complete: flag,
      errored: flag,
    },
    "format_version",
  ),
};

/** `terraform show -json STATE` */
export const stateSchema = {
  $id: "state",
  definitions,
  ...record({ format_version: text, terraform_version: text, values: stateValues }, "format_version"),
};
