// A single-page application on a wildcard, with HSTS that can be preloaded.

import type { Construct } from "constructs";
import { SecurityHeaders } from "../../../modules/security-headers.ts";
import { StaticWebsite } from "../../../modules/static-website.ts";

export function singlePage(scope: Construct): void {
  new StaticWebsite(scope, "single-page", {
    domains: ["app.example.com", "*.app.example.com"],
    zones: { "example.com": "Z1", "app.example.com": "Z2" },
    spa: true,
    headers: SecurityHeaders.strict({ hsts: { preload: true } }),
    tags: { team: "web" },
  });
}
