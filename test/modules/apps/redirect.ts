// Domains of old that redirect to the new one.

import type { Construct } from "constructs";
import { Redirect } from "../../../modules/redirect.ts";

export function redirect(scope: Construct): void {
  new Redirect(scope, "redirect", {
    from: ["example.org", "www.example.org"],
    to: "https://example.com/",
    zones: { "example.org": "Z3" },
    status: 308,
  });
}
