// Names for what constructs and tokens stand for, the same in each synthesis.

import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "./hashed-name.ts";
import { expressionOf, isToken } from "./token.ts";

/** The name of an origin's target: of the construct that the origin is, of its host, or of the host's expression. */
export function nameOf(owner: Construct, target: object, host: string): string {
  if (Construct.isConstruct(target)) return pathFrom(owner, target);
  return stableText(owner, host);
}

/** A value as text; for a token, the hash of its expression. */
export const stableText = (owner: Construct, value: string | number): string =>
  isToken(value) ? shortHash(JSON.stringify(expressionOf(owner, value))) : String(value);

/** The path of a construct, from where the distribution stands if that is around both, else from the stack. */
function pathFrom(owner: Construct, target: Construct): string {
  const around = [owner.node.scope, TerraformStack.of(owner)].find(
    (scope) => scope !== undefined && target.node.path.startsWith(`${scope.node.path}/`),
  );
  return around ? target.node.path.slice(around.node.path.length + 1) : target.node.path;
}
