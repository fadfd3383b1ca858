// What is judged of each service, and what a plan of it never shows.

import { lines } from "./lines.ts";
import type { Screen } from "./style.ts";

export interface Coverage {
  readonly provider: string;
  /** As its file is named: "load-balancer". */
  readonly service: string;
  readonly resourceTypes: readonly string[];
  /** Ids of the policies that say anything of it; none where it is judged with what uses it. */
  readonly policies: readonly string[];
  /** Each in a sentence. */
  readonly cannotShow: readonly string[];
}

export const coverageJson = (services: readonly Coverage[]): string => `${JSON.stringify(services, null, 2)}\n`;

export const coverageText = (services: readonly Coverage[], screen: Screen): string =>
  services.map((service) => `${serviceLines(service, screen).join("\n")}\n`).join("\n");

function serviceLines(
  { provider, service, resourceTypes, policies, cannotShow }: Coverage,
  { style, width }: Screen,
): string[] {
  const judged = policies.length > 0 ? `judged by ${policies.join(", ")}` : "judged with what uses it";
  return [
    style.bold(`${provider}/${service}`),
    ...lines([[resourceTypes.join(", "), style.cyan]], { width, first: 2 }),
    ...lines([[judged, style.dim]], { width, first: 2, rest: 4 }),
    ...cannotShow.flatMap((what) => lines([["?", style.yellow], what], { width, first: 2, rest: 4 })),
  ];
}
