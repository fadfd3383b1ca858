// tlsgate validate: finds what is wrong with configurations, waivers and baselines, and judges nothing.

import { dirname } from "node:path";
import { loadConfig } from "../config/load.ts";
import { settingsOf } from "../config/settings.ts";
import type { SourceLocation } from "../findings/finding.ts";
import { type Verdict, worst } from "../findings/gate.ts";
import { waiverNotices } from "../findings/waiver-notices.ts";
import { InputError } from "../input-error.ts";
import { onOneLine } from "../report/printable.ts";
import { type Options, saidOf, soughtOf } from "./options.ts";
import { inTurn } from "./plans.ts";
import { complain, print } from "./terminal.ts";

/** Each file is read with what belongs to it; without one, what `check` would find from here. */
export async function validate(files: string[], options: Options): Promise<Verdict> {
  const verdicts = await inTurn(files.length > 0 ? files : [undefined], async (file) => {
    try {
      return await validateOne(file, options);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      complain(error);
      return "error";
    }
  });
  return worst(verdicts);
}

const isWaivers = (file: string): boolean => /(^|[\\/])tlsgate\.waivers\.ya?ml$/.test(file);

async function validateOne(file: string | undefined, options: Options): Promise<Verdict> {
  const sought = soughtOf(options);
  const directory = file === undefined ? sought.directory : dirname(file);
  const chosen = file === undefined ? {} : isWaivers(file) ? { directory, waiversFile: file } : { file };
  const loaded = await loadConfig({ ...sought, ...chosen });
  const { waivers, acceptance } = settingsOf(loaded, saidOf(options), new Date(), sought.from !== undefined);
  const wrong = waiverNotices(waivers, waivers.waivers, acceptance.today).filter(({ refuses }) => refuses);
  for (const { message, source, fix } of wrong) {
    complain(new InputError(`${source ? `${placeText(source)}: ` : ""}${message}.`, fix ?? undefined));
  }
  if (wrong.length > 0) return "error";
  const names = [file ?? loaded.path, ...(file === undefined ? loaded.waivers.map((one) => one.file) : [])];
  const read = [...new Set(names.filter((name) => name !== null))];
  return print(
    `${read.length > 0 ? read.map(onOneLine).join(", ") : "no configuration, which is the default"}: valid\n`,
  );
}

const placeText = ({ file, line, column }: SourceLocation): string => `${file}:${line}:${column}`;
