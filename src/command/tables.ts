// tlsgate values and tlsgate coverage: what the providers' names mean, and what is judged of each.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Verdict } from "../findings/gate.ts";
import { InputError } from "../input-error.ts";
import { orNearest } from "../nearest.ts";
import { type Coverage, coverageJson, coverageText } from "../report/coverage.ts";
import { type ValueTable, valuesJson, valuesText } from "../report/values.ts";
import { formatOf, type Options } from "./options.ts";
import { print, screenOf } from "./terminal.ts";

export function values(operands: string[], options: Options): Verdict {
  const tables = ofProviders<ValueTable>("values", operands);
  const isJson = formatOf(options) === "json";
  return print(isJson ? valuesJson(tables) : valuesText(tables, screenOf(options)), options.output);
}

export function coverage(operands: string[], options: Options): Verdict {
  const services = ofProviders<Coverage>("coverage", operands);
  const isJson = formatOf(options) === "json";
  return print(isJson ? coverageJson(services) : coverageText(services, screenOf(options)), options.output);
}

/** What a file of the package, named as the command, holds of these providers; of all where none is named. */
function ofProviders<T extends { readonly provider: string }>(name: string, operands: readonly string[]): readonly T[] {
  const all = JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8")) as readonly T[];
  const providers = [...new Set(all.map(({ provider }) => provider))];
  const strange = operands.find((operand) => !providers.includes(operand));
  if (strange !== undefined) {
    throw new InputError(
      `There is no provider ${orNearest(strange, providers)}`,
      `tlsgate ${name} ${providers.join(" ")}`,
    );
  }
  return operands.length > 0 ? all.filter(({ provider }) => operands.includes(provider)) : all;
}
