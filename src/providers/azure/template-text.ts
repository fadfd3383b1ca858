// The text of an ARM template: whether any of its resources may serve HTTPS.

import { isShown, type Value } from "../../facts/fact.ts";
import { armTypes } from "./arm-types.ts";

/** `"type": "Microsoft.Web/sites"`. Parameters have types without a slash, and so have resources within another. */
const resourceTypes = /"type"\s*:\s*"([^"/]+\/[^"]+)"/gi;

/** False only where the text is shown, and names nothing but types that serve no HTTPS. */
export function mayServeHttps(template: Value): boolean {
  if (!isShown(template)) return true;
  const types = [...String(template.value).matchAll(resourceTypes)].map(([, type = ""]) => type.toLowerCase());
  return types.length === 0 || types.some((type) => Object.hasOwn(armTypes, type));
}
