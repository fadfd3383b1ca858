// The conditions of a rule of Front Door or a classic CDN → whether it is for all requests of a scheme, for some or none.
// https://learn.microsoft.com/azure/frontdoor/rules-match-conditions

import { isShown } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";

/** How a condition's block is called: in azurerm 5, in azurerm 4, and in the classic CDN. */
const names = {
  scheme: ["request_scheme", "request_scheme_condition"],
  port: ["server_port", "server_port_condition"],
  other: [
    ...["client_port", "device_type", "host_name", "http_version", "post_argument", "query_string", "remote_address"],
    ...["request_body", "request_cookies", "request_file_extension", "request_filename", "request_header"],
    ...["request_method", "request_path", "request_url", "socket_address", "ssl_protocol"],
    ...["client_port_condition", "cookies_condition", "host_name_condition", "http_version_condition"],
    ...["is_device_condition", "post_args_condition", "query_string_condition", "remote_address_condition"],
    ...["request_body_condition", "request_header_condition", "request_method_condition", "request_uri_condition"],
    ...["socket_address_condition", "ssl_protocol_condition", "url_file_extension_condition"],
    ...["url_filename_condition", "url_path_condition"],
    ...["device_condition", "post_arg_condition", "url_file_name_condition"],
  ],
} as const;

interface Condition {
  readonly block: Block;
  readonly about: keyof typeof names;
}

export type Match = "always" | "never" | "sometimes";

/** The conditions that a block holds. */
export const conditionsIn = (block: Block): Condition[] =>
  (["scheme", "port", "other"] as const).flatMap((about) =>
    names[about].flatMap((name) => block.blocks(name).map((one) => ({ block: one, about }))),
  );

/** Nothing, or no such block: the rule is for all requests. */
export function matchOf(conditions: Block | undefined, scheme: "http" | "https"): Match {
  if (!conditions || conditions.presence === "absent") return "always";
  if (conditions.presence === "unknown") return "sometimes";
  const matches = conditionsIn(conditions).map((one) => matchBy(one, scheme));
  if (matches.includes("never")) return "never";
  // Conditions of a kind that is not listed here are not to be taken for none.
  return matches.length > 0 && matches.every((one) => one === "always") ? "always" : "sometimes";
}

function matchBy({ block, about }: Condition, scheme: "http" | "https"): Match {
  const operator = block.value("operator");
  const negated = block.flag("negate_condition");
  if (operator.state === "unknown" || negated.state === "unknown") return "sometimes";
  // Equal is the provider's default where it has one.
  const word = isShown(operator) ? String(operator.value) : "Equal";
  const isNegated = (isShown(negated) && negated.value === true) !== word.startsWith("Not");
  const kind = word.replace(/^Not/, "");
  const turned = (match: boolean): Match => (match !== isNegated ? "always" : "never");
  if (kind === "Any") return turned(true);
  if (about === "other" || kind !== "Equal") return "sometimes";
  const values = [...block.elements("match_values"), ...block.elements("values")];
  if (values.length === 0 || !values.every(isShown)) return "sometimes";
  const wanted = about === "scheme" ? scheme : scheme === "https" ? "443" : "80";
  return turned(values.some(({ value }) => String(value).toLowerCase() === wanted));
}
