// tlsgate endpoints: what each endpoint of the plans will be.

import type { Settings } from "../config/settings.ts";
import { inventoryOf as inventoryAt } from "../facts/collect.ts";
import { assumeFacts } from "../findings/assumptions.ts";
import { type Verdict, worst } from "../findings/gate.ts";
import type { Source } from "../plan/read.ts";
import { adaptersFor } from "../providers/load.ts";
import { inventoryJson, inventoryText, type PlanEndpoints } from "../report/inventory.ts";
import { version } from "../version.ts";
import { formatOf, type Options } from "./options.ts";
import { attempt, complainOf, inTurn, reportFailure, settingsFor, sourcesOf } from "./plans.ts";
import { print, screenOf } from "./terminal.ts";
import { lap } from "./watch.ts";

export async function endpoints(paths: string[], options: Options): Promise<Verdict> {
  const format = formatOf(options);
  const settings = await settingsFor(options);
  const plans = await inTurn(sourcesOf(paths, options), (source) =>
    inventoryOf(source, settings, options.configuration),
  );
  print(format === "json" ? inventoryJson(plans, version) : inventoryText(plans, screenOf(options)), options.output);
  return worst(plans.map((plan) => (plan.endpoints ? "pass" : "error")));
}

async function inventoryOf(
  source: Source,
  { selection: { adapters: ofPacks, assumptions = [] }, packFailures }: Settings,
  configuration: string | undefined,
): Promise<PlanEndpoints> {
  const plan = await attempt(source, configuration);
  const found =
    plan &&
    (await reportFailure(source, async () => {
      const { path, formatVersion, terraformVersion, complete } = plan;
      const adapters = [...(await adaptersFor(plan)), ...ofPacks];
      lap("load", path);
      packFailures.take();
      const inventory = inventoryAt(plan, "after", adapters);
      lap("collect", path);
      const failures = packFailures.take();
      complainOf(failures, source);
      if (failures.length > 0) return undefined;
      const { endpoints } = assumeFacts(inventory, assumptions, new Date());
      return { path, formatVersion, terraformVersion, complete, endpoints };
    }));
  return found ?? { path: source.path, formatVersion: null, terraformVersion: null, complete: false, endpoints: null };
}
