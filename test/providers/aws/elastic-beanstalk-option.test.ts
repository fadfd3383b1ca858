// The options of Elastic Beanstalk's environments: settings, saved configurations, defaults.

import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/plan/plan.ts";
import { known } from "../../../src/plan/value.ts";
import { optionsOf } from "../../../src/providers/aws/elastic-beanstalk-option.ts";
import { configured, type Made, refersTo, resource, viewAfter } from "../../support/made.ts";
import { said } from "../../support/said.ts";

const address = "aws_elastic_beanstalk_environment.made";
const template = "aws_elastic_beanstalk_configuration_template.saved";

const setting = (namespace: string, name: string, value: string): JsonObject => ({ namespace, name, value });

const optionsBy = (made: Made) => optionsOf(resource(viewAfter(made), address));
const options = (after: JsonObject, changes: Made["changes"] = {}) =>
  optionsBy({ changes: { [address]: { after }, ...changes } });

const reading = { read: String, absent: "default" };

describe("an option", () => {
  const own = { setting: [setting("a", "x", "1"), setting("b", "x", "2")] };

  test("by namespace and name", () => {
    expect(["a", "b", "c"].map((namespace) => said(options(own).read(known(namespace), "x", reading)))).toEqual([
      "1",
      "2",
      "default",
    ]);
    expect(options(own).read(known("a"), "y", reading)).toMatchObject({
      value: "default",
      place: { address, at: "setting" },
      note: "y of a is not set",
    });
    expect(options(own).find("b", "x")?.at).toBe("setting[1]");
    expect(options(own).find("b", "y")).toBeUndefined();
  });

  test("namespaces with a prefix, each once", () => {
    const list = [setting("p:1", "x", ""), setting("p:1", "y", ""), setting("q:1", "x", "")];
    expect(options({ setting: list }).namespaces("p:")).toEqual([known("p:1")]);
  });

  test("a namespace that the plan marks as secret is not shown", () => {
    const after_sensitive = { setting: [{ namespace: true }] };
    const change = { after: { setting: [setting("p:1", "x", "1")] }, after_sensitive };
    const found = optionsBy({ changes: { [address]: change } });
    expect(found.namespaces("p:")).toEqual([known("p:1", true)]);
    expect(found.read(known("p:1", true), "y", reading).note).toBe("y of its namespace is not set");
  });

  test("of a saved configuration, behind the environment's own", () => {
    const saved = {
      [template]: { after: { name: "saved", setting: [setting("a", "x", "9"), setting("a", "y", "9")] } },
    };
    const found = options({ ...own, template_name: "saved" }, saved);
    expect([said(found.read(known("a"), "x", reading)), said(found.read(known("a"), "y", reading))]).toEqual([
      "1",
      "9",
    ]);
    expect(found.read(known("a"), "y", reading).place.address).toBe(template);
    expect(said(found.read(known("a"), "z", reading))).toBe("default");
  });

  test("that a saved configuration from elsewhere may set", () => {
    const found = options({ ...own, template_name: "elsewhere" });
    expect(said(found.read(known("a"), "x", reading))).toBe("1");
    expect(said(found.read(known("a"), "z", reading))).toBe("? its saved configuration is defined outside this plan");
  });

  test("that a saved configuration not known yet may set", () => {
    const change = { after: {}, after_unknown: { template_name: true } };
    const written = configured(address, { template_name: refersTo("terraform_data.name.output") });
    const changes = { [address]: change, "terraform_data.name": { after: {}, after_unknown: { output: true } } };
    const found = optionsBy({ changes, root: { resources: [written] } });
    expect(said(found.read(known("a"), "x", reading))).toMatch(
      /^\? known after apply, from terraform_data.name.output/,
    );
  });

  test("that a setting without a name, so far, may be", () => {
    const change = { after: { setting: [{ namespace: "a" }] }, after_unknown: { setting: [{ name: true }] } };
    const found = optionsBy({ changes: { [address]: change } });
    expect(said(found.read(known("a"), "x", reading))).toMatch(/^\? known after apply/);
    const nowhere = { after: { setting: [{ name: "x" }] }, after_unknown: { setting: [{ namespace: true }] } };
    expect(optionsBy({ changes: { [address]: nowhere } }).namespaces("")).toEqual([]);
  });
});
