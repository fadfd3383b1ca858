// Modules that call the modules beside them carry those in their packages.

import { describe, expect, test } from "vitest";
import { outsideCallsInJson, withSiblings } from "../../src/registry/siblings.ts";

const file = (path: string, text: string) => ({ path, content: Buffer.from(text), isExecutable: false });
const call = (name: string, source: string) => `module "${name}" {\n  source = "${source}"\n}\n`;

const siblings = (modules: { readonly [name: string]: { readonly [path: string]: string } }) => (name: string) =>
  modules[name] && { files: Object.entries(modules[name]).map(([path, text]) => file(path, text)), problems: [] };

const textsOf = (files: readonly { readonly path: string; readonly content: Buffer }[]) =>
  Object.fromEntries(files.map(({ path, content }) => [path, content.toString()]));

describe("a module that calls its siblings", () => {
  const { files, problems } = withSiblings(
    "site",
    [
      file(
        "main.tf",
        `# é\n${call("certificate", "../certificate")}${call("own", "./modules/own")}${call("cdn", "../cdn/inner")}`,
      ),
      file("modules/own/main.tf", ""),
      file("examples/minimal/main.tf", `${call("site", "../..")}${call("certificate", "../../../certificate")}`),
    ],
    siblings({
      certificate: { "main.tf": "# certificate\n", "examples/minimal/main.tf": "", "tests/a.tftest.hcl": "" },
      cdn: { "inner/main.tf": call("logs", "../../logs"), "README.md": "cdn" },
      logs: { "main.tf": "# logs\n" },
    }),
  );

  test("holds them below modules/, without their examples and tests, and calls them there", () => {
    expect(problems).toEqual([]);
    expect(textsOf(files)).toEqual({
      "examples/minimal/main.tf": `${call("site", "../..")}${call("certificate", "../../modules/certificate")}`,
      "main.tf": `# é\n${call("certificate", "./modules/certificate")}${call("own", "./modules/own")}${call("cdn", "./modules/cdn/inner")}`,
      "modules/cdn/README.md": "cdn",
      // Siblings still stand beside each other.
      "modules/cdn/inner/main.tf": call("logs", "../../logs"),
      "modules/certificate/main.tf": "# certificate\n",
      "modules/logs/main.tf": "# logs\n",
      "modules/own/main.tf": "",
    });
  });
});

test.each([
  ["what is no sibling", "../other", 'calls "../other", which is outside of the package'],
  ["what is further out", "../../elsewhere/other", 'calls "../../elsewhere/other", which is outside of the package'],
])("%s is a problem", (_, source, message) => {
  const { problems } = withSiblings("site", [file("main.tf", call("one", source))], () => undefined);
  expect(problems).toEqual([expect.stringContaining(`main.tf ${message}`)]);
});

test("a module of the sibling's name in modules/ is a problem", () => {
  const { problems } = withSiblings(
    "site",
    [file("main.tf", call("one", "../logs")), file("modules/logs/main.tf", "")],
    siblings({ logs: { "main.tf": "" } }),
  );
  expect(problems).toEqual(["modules/logs is a module of its own and the place of ../logs: rename one."]);
});

test("a call in JSON that leads out is a problem, one within is none", () => {
  const json = (source: string) => [file("main.tf.json", JSON.stringify({ module: { one: { source } } }))];
  expect(outsideCallsInJson(json("./modules/a"))).toEqual([]);
  expect(outsideCallsInJson(json("../a"))).toEqual([expect.stringContaining("main.tf.json calls")]);
});

test("what keeps a sibling from being published keeps its callers, too", () => {
  const { problems } = withSiblings("site", [file("main.tf", call("one", "../logs"))], () => ({
    files: [],
    problems: ["tls.key looks like a private key: delete it."],
  }));
  expect(problems).toEqual(["../logs/tls.key looks like a private key: delete it."]);
});
