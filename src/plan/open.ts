// Whether a plan leaves anything open that its configuration could settle.

import { masksAny } from "./mask.ts";
import type { Plan } from "./plan.ts";
import { readExpression } from "./reference.ts";

/** A value of a resource that is known after the apply, or a setting of a provider that is more than a constant. */
export const leavesOpen = ({ instances, configuration }: Plan): boolean =>
  instances.some(({ after }) => after !== undefined && masksAny(after.unknown)) ||
  Object.values(configuration?.provider_config ?? {}).some(({ expressions = {} }) =>
    Object.values(expressions).some((one) => (readExpression(one).references ?? []).length > 0),
  );
