// A website with a page for what is not there, and two APIs beside it.

import type { Construct } from "constructs";
import { Origin } from "../../../modules/origin.ts";
import { StaticWebsite } from "../../../modules/static-website.ts";

export function website(scope: Construct): void {
  const origin = Origin.https("backend.example.com");
  const api = { origin, methods: "all", cache: "disabled", forward: "all-except-host" } as const;
  new StaticWebsite(scope, "website", {
    domains: ["example.com", "www.example.com"],
    zones: { "example.com": "Z1" },
    notFoundPage: "/404.html",
    geo: { deny: ["AQ"] },
    viewerRequest: { code: "function handler(event) { return event.request; }" },
    behaviors: { "/z/*": api, "/api/*": { ...api, viewerProtocol: "https-only" } },
  });
}
