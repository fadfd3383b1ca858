// What a module takes and gives is read from its configuration.

import { expect, test } from "vitest";
import { moduleInterface } from "../../src/registry/module-interface.ts";

const text = `
terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = ">= 5.80, < 7"
      configuration_aliases = [aws.us_east_1, aws.dns]
    }
    null = "~> 3.0"
  }
}

variable "rules" {
  description = "Rules."
  type = list(object({
    name = string
    port = optional(number)
  }))
  default = []
}

variable "anything" {}

variable "password" {
  type      = string
  sensitive = true
  default   = "X"
}

output "url" {
  description = "Where."
  value       = "https://example.com"
  sensitive   = true
}

resource "aws_lb" "one" {}
resource "aws_lb" "two" {}
data "aws_region" "here" {}
resource "terraform_data" "x" {}

module "inner" {
  source  = "example.com/a/b/c"
  version = "1.2.3"
}
`;

test("a module is described as it is declared", () => {
  expect(moduleInterface([{ path: "main.tf", text }])).toEqual({
    requiredVersion: ">= 1.9",
    providers: [
      { name: "aws", source: "hashicorp/aws", version: ">= 5.80, < 7", aliases: ["aws.us_east_1", "aws.dns"] },
      { name: "null", source: undefined, version: "~> 3.0", aliases: [] },
    ],
    inputs: [
      { name: "anything", type: "any", description: "", default: undefined, isSensitive: false },
      { name: "password", type: "string", description: "", default: "X", isSensitive: true },
      {
        name: "rules",
        type: "list(object({\n  name = string\n  port = optional(number)\n}))",
        description: "Rules.",
        default: [],
        isSensitive: false,
      },
    ],
    outputs: [{ name: "url", description: "Where.", isSensitive: true }],
    resourceTypes: ["aws_lb", "terraform_data"],
    calls: [{ name: "inner", source: "example.com/a/b/c", version: "1.2.3" }],
  });
});

test("JSON is read as well", () => {
  const json = JSON.stringify({ variable: { name: { type: "string", description: "Who." } } });
  expect(moduleInterface([{ path: "main.tf.json", text: json }]).inputs).toEqual([
    { name: "name", type: "string", description: "Who.", default: undefined, isSensitive: false },
  ]);
});

test("what is no configuration is an error with its place", () => {
  expect(() => moduleInterface([{ path: "main.tf", text: 'variable "a" {\n  type = = \n}\n' }])).toThrow(
    /^main\.tf:2:\d+ is not valid configuration\.$/,
  );
});
