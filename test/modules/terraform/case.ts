// One use of a construct, and the same use of the Terraform module.

import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

export interface EqualCase {
  /** Letters and hyphens: it names the construct and the module call. */
  readonly name: string;
  readonly build: (scope: Construct, id: string) => void;
  /** The module's variables. References to what `around` makes are templates, such as "${aws_lb.app.arn}". */
  readonly inputs: { readonly [variable: string]: unknown };
}

export interface EqualModule {
  /** Directory below modules/terraform. */
  readonly module: string;
  /** What both refer to. */
  readonly around?: (stack: TerraformStack) => void;
  /** Values of variables of the stack. */
  readonly variables?: { readonly [name: string]: string };
  readonly cases: readonly EqualCase[];
}
