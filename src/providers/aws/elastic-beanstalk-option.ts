// The options of an Elastic Beanstalk environment: its own settings, before those of its saved configuration.
// https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options.html#configuration-options-precedence

import type { Cause } from "../../cause.ts";
import {
  causeOf,
  type Fact,
  fact,
  isShown,
  known,
  type Reading,
  standAt,
  unknown,
  valueText,
} from "../../facts/fact.ts";
import { linked } from "../../facts/service.ts";
import type { Block } from "../../plan/block.ts";
import type { Known } from "../../plan/value.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText, text } from "../../text.ts";

/** Each option has a documented default. */
type OptionReading<T> = Omit<Reading<T>, "absent"> & { readonly absent: T };

export interface Options {
  /** Why there may be options that the plan does not show. */
  readonly open: Cause | undefined;
  /** Where an option is set. */
  readonly find: (namespace: string, name: string) => Block | undefined;
  /** An option as a fact; one that is not set is the default of Elastic Beanstalk. */
  readonly read: <T>(namespace: Known<string>, name: string, reading: OptionReading<T>) => Fact<T>;
  /** Namespaces with a prefix in which something is set. */
  readonly namespaces: (prefix: string) => readonly Known<string>[];
}

export function optionsOf(environment: Resource): Options {
  const saved = savedConfiguration(environment);
  const settings = [environment, ...saved.templates].flatMap((one) => one.blocks("setting", { set: true }));
  const late = settings.find((one) => !isShown(one.value("namespace")) || !isShown(one.value("name")));
  const open = late ? causeOf(late.value(isShown(late.value("namespace")) ? "name" : "namespace")) : saved.open;
  const find = (namespace: string, name: string) =>
    settings.find((one) => is(one, "namespace", namespace) && is(one, "name", name));
  return {
    open,
    find,
    read(namespace, name, reading) {
      const setting = find(namespace.value, name);
      if (setting) return fact(setting, "value", reading);
      const where = valueText(namespace, text`its namespace`);
      const stand = { ...standAt(environment, "setting"), note: text`${nameText(name)} of ${where} is not set` };
      return { ...(open ? unknown(open) : known(reading.absent)), ...stand };
    },
    namespaces(prefix) {
      const all = settings.map((one) => one.value("namespace")).filter(isShown);
      const texts = all.map((one) => ({ ...one, value: String(one.value) }));
      return eachOnce(texts.filter(({ value }) => value.startsWith(prefix)));
    },
  };
}

/** Each text once. */
export const eachOnce = (texts: readonly Known<string>[]): readonly Known<string>[] => [
  ...new Map(texts.map((one) => [one.value, one])).values(),
];

const textOf = (setting: Block, attribute: string): string | undefined => {
  const value = setting.value(attribute);
  return isShown(value) ? String(value.value) : undefined;
};

const is = (setting: Block, attribute: string, text: string): boolean => textOf(setting, attribute) === text;

/** Its template, or why the plan does not show that. */
function savedConfiguration(environment: Resource): { templates: readonly Resource[]; open?: Cause } {
  const attribute = "template_name";
  if (environment.value(attribute).state === "absent") return { templates: [] };
  const targets = { aws_elastic_beanstalk_configuration_template: ["name", "id"] };
  const template = linked(environment, attribute, targets, text`its saved configuration`);
  return "state" in template ? { templates: [], open: template.cause } : { templates: [template] };
}
