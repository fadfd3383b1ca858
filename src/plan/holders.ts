// Resources out of which a value of any kind can come.

import type { Targets } from "./link.ts";

/** Whether a resource is of another provider than the targets, or one that stores what it is given. */
export const canHoldAnything = (type: string, targets: Targets): boolean =>
  !Object.keys(targets).some((target) => target.split("_", 1)[0] === type.split("_", 1)[0]) ||
  /_(parameter|secret_version|item|object|invocation|stack|stack_set_instance)$/.test(type);
