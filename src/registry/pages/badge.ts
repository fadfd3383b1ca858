// The verdict on a version as a small picture, for READMEs.

import { htmlOf, markup } from "../../report/html/markup.ts";
import { moduleIn, type RegistryIndex } from "../registry-index.ts";

/** Of a character in this size, in pixels; a little more than most have. */
const characterWidth = 6.6;

export function badge(index: RegistryIndex, address: string, version: string): string {
  const found = moduleIn(index, address)?.versions.find((one) => one.version === version);
  const [text, color] =
    !found || found.withdrawn
      ? ["withdrawn", "#b3201b"]
      : found.verification.result === "FAILED"
        ? ["refused", "#b3201b"]
        : found.waived.length > 0
          ? ["passes with waivers", "#845200"]
          : ["passes", "#1b6e35"];
  const [left, right] = [`tlsgate ${version}`, text as string].map(
    (one) => Math.ceil(one.length * characterWidth) + 14,
  ) as [number, number];
  return htmlOf(markup`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="tlsgate ${version}: ${text}"><title>tlsgate ${version}: ${text}</title><rect width="${left}" height="20" fill="#3b4149"/><rect x="${left}" width="${right}" height="20" fill="${color}"/><g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle"><text x="${left / 2}" y="14">tlsgate ${version}</text><text x="${left + right / 2}" y="14">${text}</text></g></svg>
`);
}
