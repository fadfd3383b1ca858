// What the code of a CloudFront function does to the Strict-Transport-Security header, by reading it.

import { describe, expect, test } from "vitest";
import { hstsOfAnswers, hstsOfFunction } from "../../../src/providers/aws/cloudfront-function.ts";
import { fixture } from "../../support/plans.ts";
import { random } from "../../support/random.ts";

const year = "max-age=31536000";
const name = "strict-transport-security";
const entry = `{ value: "${year}" }`;

/** A handler with the usual names at hand: response, headers. */
const handler = (...statements: string[]): string =>
  `function handler(event) {
    var response = event.response;
    var headers = response.headers;
    ${statements.join("\n    ")}
  }`;

const set = `headers["${name}"] = ${entry};`;
const done = "return response;";

const sets: { readonly [about: string]: string } = {
  "an assignment": handler(set, done),
  "a direct path": `function handler(event) { event.response.headers["${name}"] = ${entry}; return event.response; }`,
  "an assignment without a block": `const handler = (event) => (event.response.headers["${name}"] = ${entry}, event.response);`,
  "an arrow": `const handler = (event) => { event.response.headers["${name}"] = ${entry}; return event.response; };`,
  "a function in a variable": `var handler = function (event) { event.response.headers["${name}"] = ${entry}; return event.response; };`,
  "an async handler": `async ${handler(set, done)}`,
  "an exported handler": `export ${handler(set, done)}`,
  "an exported arrow": `export const handler = ({ response }) => { response.headers["${name}"] = ${entry}; return response; };`,
  "a handler that is exported below it": `${handler(set, done)} export { handler };`,
  "runtime 2.0: an import and an awaited look-up": `import cf from "cloudfront";
    const store = cf.kvs();
    async ${handler('headers["x-version"] = { value: await store.get("version") };', set, done)}`,
  "runtime 1.0: ES5, and no import": `'use strict';
    ${handler("var uri = event.request.uri;", set, done)}`,
  minified: `function handler(e){var r=e.response;return r.headers["${name}"]={value:"${year}"},r}`,

  "destructured names": `function handler(event) { const { response } = event; const { headers } = response; ${set} return response; }`,
  "a nested pattern": `function handler({ response, response: { headers } }) { ${set} return response; }`,
  "a renaming pattern": `function handler({ response: r }) { const { headers: h } = r; h["${name}"] = ${entry}; return r; }`,
  "a pattern with a default for what is there": `function handler(event) {
    const { response = other } = event;
    const { headers = response.other } = response;
    ${set}
    return response;
  }`,
  "an alias of an alias": handler("var h = headers;", "const same = h;", `same["${name}"] = ${entry};`, done),
  "headers or else an empty object": `function handler({ response }) { var headers = response.headers || {}; ${set} return response; }`,

  "a key in a constant": `const key = "${name}"; ${handler(`headers[key] = ${entry};`, done)}`,
  "a key put together": handler(`headers["strict-" + "transport-security"] = ${entry};`, done),
  "a key in a template": handler(`headers[\`${name}\`] = ${entry};`, done),
  "a key with an escape": handler(`headers["strict\\u002dtransport-security"] = ${entry};`, done),
  "a value in a constant": `const hsts = "${year}"; ${handler(`headers["${name}"] = { value: hsts };`, done)}`,
  "a value put together": handler(`headers["${name}"] = { value: "max-age=" + 31536000 };`, done),
  "a value in a template": handler(
    `const age = 31536000;`,
    `headers["${name}"] = { value: \`max-age=\${age}\` };`,
    done,
  ),
  "a value calculated from constants": handler(
    `headers["${name}"] = { value: "max-age=" + 365 * 24 * 60 * 60 };`,
    done,
  ),
  "a value added up from constants": handler(`headers["${name}"] = { value: "max-age=" + (31_535_999 + 1) };`, done),
  "a constant below the handler": `${handler(`headers["${name}"] = hsts;`, done)} const hsts = ${entry};`,
  "a shorthand": handler(`const value = "${year}";`, `headers["${name}"] = { value };`, done),
  "an object of its own": handler("const hsts = {};", `hsts.value = "${year}";`, `headers["${name}"] = hsts;`, done),

  "Object.assign to the headers": handler(`Object.assign(headers, { "${name}": ${entry} });`, done),
  "Object.assign of a constant": `const all = { "${name}": ${entry}, "x-frame-options": { value: "DENY" } };
    ${handler("Object.assign(headers, all);", done)}`,
  "Object.assign to the response": handler(
    `return Object.assign(response, { headers: { ...headers, "${name}": ${entry} } });`,
  ),
  "a spread": handler(`response.headers = { ...headers, "${name}": ${entry} };`, done),
  "a fresh response": handler(`return { ...response, headers: { ...headers, "${name}": ${entry} } };`),
  "a fresh response, field by field": handler(
    `return { statusCode: 200, statusDescription: "OK", headers: { "${name}": ${entry} } };`,
  ),

  "two writes, of which the last stands": handler(`headers["${name}"] = { value: "max-age=1" };`, set, done),
  "a changed value": handler(
    `headers["${name}"] = { value: "max-age=1" };`,
    `headers["${name}"].value = "${year}";`,
    done,
  ),
  "a write inside another assignment": handler(`let flag;`, `flag = (headers["${name}"] = ${entry}, 1);`, done),
  "removed, then set": handler(`delete headers["${name}"];`, set, done),
  "other headers under conditions": handler(
    set,
    'if (event.request.uri === "/") headers["x-home"] = { value: "1" }; else delete headers["server"];',
    done,
  ),
  "an early return after it": handler(set, "if (response.statusCode >= 400) return response;", done),
  "a return in each branch": handler(set, "if (response.statusCode) { return response; } else { return response; }"),
  "logging in between": handler(set, "console.log(JSON.stringify(event));", done),
  "a look at another one": handler('if (headers.hasOwnProperty("server")) delete headers["server"];', set, done),
  "a block around it": handler(`{ ${set} }`, done),
  "an unused function beside it": handler("function unused() { return 1; }", set, done),
  "another function that is not handed the response": `function version(uri) { return uri.length; }
    ${handler('headers["x-v"] = { value: version(event.request.uri) + "" };', set, done)}`,
};

/** A header that the response comes with stands: there is one either way. */
const setsMissing: { readonly [about: string]: string } = {
  "only when absent": handler(`if (!headers["${name}"]) { ${set} }`, done),
  "only when absent, in a statement": handler(`if (!response.headers["${name}"]) ${set}`, done),
  "only when absent, by ??=": handler(`headers["${name}"] ??= ${entry};`, done),
  "only when absent, by ||=": handler(`headers["${name}"] ||= ${entry};`, done),
  "only when absent, by a spread": handler(`response.headers = { "${name}": ${entry}, ...headers };`, done),
};

const none: { readonly [about: string]: string } = {
  "an arrow that returns the response": "const handler = (event) => event.response;",
  "nothing at all": handler(done),
  "another header": handler('headers["x-frame-options"] = { value: "DENY" };', done),
  "a comment": handler(`// ${set}`, `/* ${set} */`, done),
  "a string": handler(`console.log("${name}: ${year}");`, done),
  "the request's headers": handler(`event.request.headers["${name}"] = ${entry};`, done),
  "an unused function": `function unused(headers) { ${set} } ${handler(done)}`,
  "an unused nested function": handler(`function unused(other) { other["${name}"] = ${entry}; }`, done),
  "dead code": handler(done, set),
  "a copy that is dropped": handler("const copy = { ...headers };", `copy["${name}"] = ${entry};`, done),
  "a look at it": handler(`if (headers["${name}"]) console.log("has it");`, done),
  "another one removed": handler('delete headers["server"];', done),
  "a fresh response with the same headers": handler("return { ...response, statusCode: 200 };"),
  "a header whose name only looks like it": handler(`headers["x-${name}"] = ${entry};`, done),
};

const unclear: { readonly [about: string]: string } = {
  // whether it runs
  "a condition": handler(`if (event.request.uri === "/") { ${set} }`, done),
  "a condition by &&": handler(`event.request.uri === "/" && (headers["${name}"] = ${entry});`, done),
  "a condition by ||=": handler("let flag;", `flag ||= (headers["${name}"] = ${entry}, 1);`, done),
  "a condition by a default": handler(`const { a = (headers["${name}"] = ${entry}, 1) } = event.context;`, done),
  "a condition by ?:": handler(`event.request.uri === "/" ? (headers["${name}"] = ${entry}) : 0;`, done),
  "a condition by ?.": handler(`event.request.cookies.a?.b(headers["${name}"] = ${entry});`, done),
  "only when present": handler(`if (headers["${name}"]) { ${set} }`, done),
  "when another is absent": handler(`if (!headers["x-other"]) { ${set} }`, done),
  "an early return before it": handler("if (response.statusCode >= 400) return response;", set, done),
  "a return in a loop": handler(
    set,
    `for (const one of ["a"]) { if (one) return response; delete headers["${name}"]; }`,
    set,
    done,
  ),
  "an early throw": handler('if (!event.viewer) throw new Error("no viewer");', set, done),
  "no return": handler(set),
  "a return in one branch only": handler(set, "if (response.statusCode) return response;"),
  "a try": handler(`try { work(); ${set} } catch (error) { console.log(error); }`, done),
  "a finally after the return": handler(set, `try { return response; } finally { delete headers["${name}"]; }`),
  "a switch": handler(`switch (event.request.uri) { case "/": ${set} }`, done),
  "a label that is left": handler(`all: { if (event.request.uri === "/") break all; ${set} }`, done),
  "a loop that may not run": handler(`while (event.request.uri === "/") { ${set} }`, done),
  "an array of header names": handler(`["${name}", "x-a"].forEach(function (one) { headers[one] = ${entry}; });`, done),
  "a loop over header names": handler(`for (const one of ["${name}"]) headers[one] = ${entry};`, done),
  "a nested function that is called": handler(`function add() { ${set} }`, "add();", done),
  "a function called on the spot": handler(`(function () { ${set} })();`, done),
  "a generator": handler(set, done).replace("function", "function*"),

  // with which value
  "a value from a ternary": handler(
    `headers["${name}"] = { value: event.request.uri ? "${year}" : "max-age=0" };`,
    done,
  ),
  "a value from the request": handler(`headers["${name}"] = { value: event.request.headers.hsts.value };`, done),
  "a computed max-age": handler(`headers["${name}"] = { value: "max-age=" + age() };`, done),
  "a value with a default": handler(`headers["${name}"] = { value: event.context.hsts || "${year}" };`, done),
  "a variable that is assigned later": handler(
    `let value = "${year}";`,
    'value = "max-age=0";',
    `headers["${name}"] = { value };`,
    done,
  ),
  "a variable assigned elsewhere": `let value = "${year}"; function off() { value = "max-age=0"; } ${handler(`headers["${name}"] = { value };`, done)}`,
  "a variable that is not yet set": handler(`headers["${name}"] = { value: text };`, `var text = "${year}";`, done),
  "a variable set under a condition": handler(
    `if (event.viewer) { var text = "${year}"; }`,
    `headers["${name}"] = { value: text };`,
    done,
  ),
  "a variable that is counted up": handler(
    "let age = 1;",
    "age++;",
    `headers["${name}"] = { value: "max-age=" + age };`,
    done,
  ),
  "a variable of a for…of": handler(
    `let value = "${year}";`,
    'for (value of ["max-age=0"]) {}',
    `headers["${name}"] = { value };`,
    done,
  ),
  "a variable of a for…in": handler(
    `let value = "${year}";`,
    'for (value in { "max-age=0": 1 }) {}',
    `headers["${name}"] = { value };`,
    done,
  ),
  "a class of a constant's name": `const value = "${year}"; ${handler("class value {}", `headers["${name}"] = { value };`, done)}`,
  "a function of a constant's name": `const value = "${year}"; ${handler("function value() {}", `headers["${name}"] = { value };`, done)}`,
  "the handler's own name for a constant's": `const value = "${year}";
    const handler = function value(event) { event.response.headers["${name}"] = { value }; return event.response; };`,
  "a parameter of a constant's name": `const value = "${year}";
    function handler(event, value) { event.response.headers["${name}"] = { value }; return event.response; }`,
  "a shadowed constant": `const value = "${year}"; ${handler("let value;", '[value] = ["max-age=0"];', `headers["${name}"] = { value };`, done)}`,
  "a number": handler(`headers["${name}"] = { value: 31536000 };`, done),
  "no object": handler(`headers["${name}"] = "${year}";`, done),
  "multiple values": handler(`headers["${name}"] = { value: "${year}", multiValue: [{ value: "max-age=0" }] };`, done),
  "a getter": handler(`headers["${name}"] = { get value() { return "max-age=0"; } };`, done),
  "a spread of other headers": handler(`headers["${name}"] = { value: "${year}", ...headers };`, done),
  "a spread of the response": handler(`headers["${name}"] = { value: "${year}", ...response };`, done),
  "a spread of the event": handler(`headers["${name}"] = { value: "${year}", ...event };`, done),
  "an overriding spread": handler(`headers["${name}"] = { value: "${year}", ...event.context.extra };`, done),
  "an appended value": handler(`headers["${name}"] = { value: "" };`, `headers["${name}"].value += "${year}";`, done),
  "an upper-case key": handler(`headers["Strict-Transport-Security"] = ${entry};`, done),
  "an upper-case key beside it": handler(`headers["Strict-Transport-Security"] = { value: "max-age=0" };`, set, done),
  "computed names before it": handler("for (const one of names) headers[one] = { value: '0' };", set, done),
  "the origin's header changed": handler(`headers["${name}"].value = "${year}";`, done),
  "set only when absent, else spoilt": handler(
    `const sent = headers["${name}"];`,
    `if (!sent) ${set}`,
    'if (sent) sent.value = "max-age=0";',
    done,
  ),

  // whether it stays
  "deleted after": handler(set, `delete headers["${name}"];`, done),
  "deleted after, by a constant": `const key = "${name}"; ${handler(set, "delete headers[key];", done)}`,
  "all deleted after": handler(set, "for (var one in headers) delete headers[one];", done),
  "deleted by reflection": handler(set, `Reflect.deleteProperty(headers, "${name}");`, done),
  "the headers replaced after": handler(set, "response.headers = {};", done),
  "the headers replaced while it is set": `function handler(event) {
    event.response.headers["${name}"] = (event.response.headers = {}, ${entry});
    return event.response;
  }`,
  "the response replaced after": handler(set, "event.response = { headers: {} };", "return event.response;"),
  "the event replaced before": `function handler(event) {
    const sent = event;
    event = { response: { headers: {} } };
    event.response.headers["${name}"] = ${entry};
    return sent.response;
  }`,
  "the value changed after, by a name": handler(`headers["${name}"].value = event.request.uri;`, done),
  "the value changed after, through its object": handler(
    `const hsts = ${entry};`,
    `headers["${name}"] = hsts;`,
    "hsts.value = event.request.uri;",
    done,
  ),
  "the value changed for the next request": `const hsts = ${entry};
    ${handler(`headers["${name}"] = hsts;`, 'if (event.viewer) hsts.value = "max-age=0";', done)}`,
  "a constant changed for the next request": `const hsts = ${entry};
    ${handler(`headers["${name}"] = { value: hsts.value };`, 'hsts.value = "max-age=0";', done)}`,
  "changed by a computed name that is read": handler("headers[event.request.uri].value = '0';", done),
  "changed by a computed name that is read, after": handler(set, "headers[event.request.uri].value = '0';", done),
  "changed perhaps, where another header may stand before it": handler(
    `const hsts = headers["${name}"] = ${entry};`,
    'const one = { "x-a": hsts, ...headers };',
    'one["x-a"].value = "max-age=0";',
    done,
  ),
  "changed perhaps, where the response's own may stand before it": handler(
    `const hsts = headers["${name}"] = ${entry};`,
    "const one = { cookies: hsts, ...response };",
    'one.cookies.value = "max-age=0";',
    done,
  ),
  "changed perhaps, where the event's own may stand before it": handler(
    `const hsts = headers["${name}"] = ${entry};`,
    "const one = { extra: hsts, ...event };",
    'one.extra.value = "max-age=0";',
    done,
  ),
  "changed by a method of the headers": handler(set, "headers.clear();", done),
  "changed by a default of the origin's": handler(
    `const { ["${name}"]: sent = {} } = headers;`,
    'sent.value = "max-age=0";',
    done,
  ),
  "changed by computed names": handler(set, "headers[event.request.uri] = { value: '0' };", done),
  "changed by a pattern": handler(set, `[headers["${name}"]] = [{ value: "max-age=0" }];`, done),
  "changed by a loop's variable": handler(set, `for (headers["${name}"] of [{ value: "max-age=0" }]) {}`, done),
  "changed through arguments": handler(set, "arguments[0].response.headers = {};", done),
  "changed through an array": handler(set, `[headers].map((one) => delete one["${name}"]);`, done),
  "changed through an object": handler("const box = { headers };", set, `work(box);`, done),
  "changed by eval": handler(set, "eval(event.request.uri);", done),
  "handed to another function": `function strip(response) { response.headers = {}; } ${handler(set, "strip(response);", done)}`,
  "handed to another function, before": `function strip(response) { return response; } ${handler("strip(response);", set, done)}`,
  "frozen before": handler("Object.freeze(headers);", set, done),

  // whether that is what is returned
  "a reassigned response": handler(set, "response = other;", done),
  "a reassigned response, set after": handler("response = {};", set, done),
  "a shadowed response": handler(set, "{ let response = other; return response; }"),
  "shadowed headers": handler("{", "let headers = {};", set, "}", done),
  "another object": handler(set, "return { statusCode: 404 };"),
  "the request": handler(set, "return event.request;"),
  "the event": handler(set, "return event;"),
  "another object in one case": handler(set, "if (event.viewer) return { statusCode: 404, headers: {} };", done),
  "another value in one case": handler(set, `if (event.viewer) headers["${name}"] = { value: "max-age=0" };`, done),

  // via what
  "another function with the headers": `function add(headers) { ${set} } ${handler("add(headers);", done)}`,
  "another function that returns it": `function hsts() { return ${entry}; } ${handler(`headers["${name}"] = hsts();`, done)}`,
  "a foreign assign": `const lib = { assign() {} }; ${handler(`lib.assign(headers, { "${name}": ${entry} });`, done)}`,
  "an assign made its own": `Object.assign = (target) => target; ${handler(`Object.assign(headers, { "${name}": ${entry} });`, done)}`,
  "a log made its own": `console.log = (one) => { one.headers = {}; }; ${handler(set, "console.log(response);", done)}`,
  "a stringify made its own": `JSON.stringify = (one) => { one.headers = {}; }; ${handler(set, "JSON.stringify(response);", done)}`,
  "a stringify with a replacer": handler(set, "JSON.stringify(response, (key, one) => { one.value = 0; });", done),
  "an imported Object": `import Object from "a"; ${handler("Object.assign(response, {});", set, done)}`,
  "an imported Object by a name": `import { Object } from "a"; ${handler("Object.assign(response, {});", set, done)}`,
  "an imported Object as a whole": `import * as Object from "a"; ${handler("Object.assign(response, {});", set, done)}`,
  "a caught Object": handler(set, "try { work(); } catch (Object) { Object.assign(response, {}); }", done),
  "a shadowed Object": `const Object = { assign() {} }; ${handler(`Object.assign(headers, { "${name}": ${entry} });`, done)}`,
  "an assign that is undone": handler(`Object.assign(headers, { "${name}": ${entry} }, defaults);`, done),
  "a setter in between": handler(
    `const own = { set "${name}"(value) {} };`,
    `own["${name}"] = ${entry};`,
    "return { headers: own };",
  ),
  "a setter on all objects": `Object.prototype.__defineSetter__("${name}", () => {}); ${handler(set, done)}`,

  // which handler
  "no handler": `function main(event) { return event.response; }`,
  "two handlers": `${handler(set, done)} ${handler(done)}`,
  "a reassigned handler": `${handler(set, done)} handler = (event) => event.response;`,
  "a handler reached by the global object": `${handler(set, done)} globalThis.handler = (event) => event.response;`,
  "a wrapped handler": `const handler = wrap((event) => event.response);`,
  "an error before any handler": `${handler(set, done)} throw new Error("off");`,

  // what cannot be read
  "no code": "",
  "no JavaScript": "resource {",
  "a syntax error": `${handler(set, done)} }`,
  "half a function": handler(set, done).slice(0, -20),
  "more code than CloudFront takes": `${handler(set, done)}${"//".repeat(50_000)}`,
  "code nested deeper than the stack": handler(`event.request${".a".repeat(40_000)};`, set, done),
  "brackets nested deeper than the stack": handler(`${"(".repeat(20_000)}1${")".repeat(20_000)};`, set, done),
};

describe("sets the header", () => {
  test.each(Object.entries(sets))("%s", (_, code) => {
    expect(hstsOfFunction(code)).toEqual({ kind: "sets", header: year, yields: false });
  });

  test.each(Object.entries(setsMissing))("%s", (_, code) => {
    expect(hstsOfFunction(code)).toEqual({ kind: "sets", header: year, yields: true });
  });

  test.each([["max-age=63072000; includeSubDomains; preload"], ["max-age=0"], ["includeSubDomains"], [""]])(
    "to %j, be it of use or not",
    (value) => {
      expect(hstsOfFunction(handler(`headers["${name}"] = { value: ${JSON.stringify(value)} };`, done))).toEqual({
        kind: "sets",
        header: value,
        yields: false,
      });
    },
  );
});

describe("surely leaves it alone", () => {
  test.each(Object.entries(none))("%s", (_, code) => {
    expect(hstsOfFunction(code)).toEqual({ kind: "none" });
  });
});

describe("is not decided by reading", () => {
  test.each(Object.entries(unclear))("%s", (_, code) => {
    expect(hstsOfFunction(code)).toEqual({ kind: "unclear", why: expect.stringMatching(/^its code /) });
  });

  test.each([
    ["its code sets the header only under a condition", handler(`if (event.viewer) { ${set} }`, done)],
    [
      "its code sets headers whose names reading it does not show",
      handler(set, "headers[event.request.uri] = 1;", done),
    ],
    ["its code removes the header", handler(`delete headers["${name}"];`, done)],
    ["its code throws an error", handler("throw 1;")],
    ["its code returns something other than the response", handler("return 1;")],
    ["its code does not return the response in every case", handler(set)],
    ["its code has no function named handler", ""],
    ["its code could not be parsed", "{"],
  ])("%s", (why, code) => {
    expect(hstsOfFunction(code)).toEqual({ kind: "unclear", why });
  });
});

describe("on viewer-request", () => {
  const sts = `"${name}": ${entry}`;
  const answer = `{ statusCode: 301, headers: { location: { value: "https://www.example.com" + event.request.uri }, ${sts} } }`;
  const on = (body: string) => hstsOfAnswers(`function handler(event) { ${body} }`);
  const header = { kind: "sets", header: year, yields: false };

  test.each<[string, ReturnType<typeof on>, unknown]>([
    ["it answers", on(`return ${answer};`), header],
    [
      "it answers from a constant",
      hstsOfAnswers(`const a = ${answer.replace(" + event.request.uri", "")}; function handler() { return a; }`),
      header,
    ],
    ["an arrow answers", hstsOfAnswers(`const handler = (event) => (${answer});`), header],
    [
      "it answers in each branch",
      on(`if (event.request.uri === "/a") { return ${answer}; } return ${answer};`),
      header,
    ],
    [
      "it answers step by step",
      on(`const r = { statusCode: 301, headers: {} }; r.headers["${name}"] = ${entry}; return r;`),
      header,
    ],
    [
      "it answers without the header",
      on(`return { statusCode: 403, headers: { "x-a": { value: "1" } } };`),
      { kind: "none" },
    ],
    ["it answers without any header", on("return { statusCode: 403 };"), { kind: "none" }],
    [
      "it answers with the header in one branch",
      on(`if (event.request.uri) { return { statusCode: 403 }; } return ${answer};`),
      { kind: "unclear" },
    ],
    [
      "it answers with a value that is computed",
      on(`return { statusCode: 301, headers: { "${name}": { value: event.request.uri } } };`),
      { kind: "unclear" },
    ],
    [
      "it answers with headers that are computed",
      on("return { statusCode: 301, headers: make() };"),
      { kind: "unclear" },
    ],
    [
      "it answers with the header twice",
      on(`return { statusCode: 301, headers: { ${sts}, "Strict-Transport-Security": ${entry} } };`),
      { kind: "unclear" },
    ],
    ["it passes the request on", on("return event.request;"), undefined],
    [
      "it passes some requests on",
      on(`if (event.request.uri === "/a") { return ${answer}; } return event.request;`),
      undefined,
    ],
    [
      "it passes a request on that it changes",
      on("const request = event.request; request.uri = '/'; return request;"),
      undefined,
    ],
    ["it answers by a function of its own", on("return make();"), undefined],
    ["it may not return", on(`if (event.request.uri) { return ${answer}; }`), undefined],
    ["it answers in a loop", on(`for (const one of all) { return ${answer}; } return ${answer};`), undefined],
    ["it hands its answer to other code", on(`const r = ${answer}; make(r); return r;`), undefined],
    ["it cannot be parsed", hstsOfAnswers("{"), undefined],
    ["it has no handler", hstsOfAnswers(""), undefined],
    ["it is longer than CloudFront takes", on(`return ${answer}; //${" ".repeat(100_000)}`), undefined],
  ])("%s", (_, found, expected) => {
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected as object);
  });
});

test("code is read up to ten times the length that CloudFront takes", () => {
  const code = handler(set, done);
  const padded = (length: number) => code + "/".repeat(length - code.length);
  expect(hstsOfFunction(padded(100_000)).kind).toBe("sets");
  expect(hstsOfFunction(padded(100_001))).toEqual({ kind: "unclear", why: "its code is longer than CloudFront takes" });
});

test("the code is read, and never run", () => {
  const bomb = `process.exitCode = 1; globalThis.ran = true; while (true) {} ${handler("for (;;) {}", set, done)}`;
  expect(hstsOfFunction(bomb).kind).toBe("unclear");
  expect(hstsOfFunction(handler("for (;;) {}", set, done)).kind).toBe("sets");
  expect(globalThis).not.toHaveProperty("ran");
});

test("the functions of a real plan", () => {
  const functions = fixture("aws-hsts-by-function").instances.filter(({ type }) => type === "aws_cloudfront_function");
  const found = functions.map(({ name, after }) => [name, hstsOfFunction(String(after?.values.code))]);
  expect(Object.fromEntries(found)).toEqual({
    sts: { kind: "sets", header: "max-age=63072000; includeSubDomains; preload", yields: false },
    zero: { kind: "sets", header: "max-age=0", yields: false },
    nosts: { kind: "none" },
    comment: { kind: "none" },
  });
});

/** Handlers made at random, of what code can do to a response: to other names of it, in branches, loops and other functions. */
function madeUp(seed: number): string {
  const { pick, number, chance } = random(seed);
  const objects = ["response", "headers", "event.response", "event.response.headers", "box", "all"];
  const texts = [`"${year}"`, '"max-age=0"', "text", "box.value", "`max-age=$" + "{60 * 60}`", "event.request.uri"];
  const keys = [`"${name}"`, `"${name}"`, `"strict-" + "transport-security"`, '"headers"', '"value"', '"x-a"', "key"];
  const object = (depth: number): string =>
    depth === 0
      ? pick(objects)
      : pick([
          () => pick(objects),
          () => `{ ...${object(depth - 1)} }`,
          () => `{ ...${object(depth - 1)}, [${pick(keys)}]: ${header()} }`,
          () => `{ [${pick(keys)}]: ${header()}, ...${object(depth - 1)} }`,
          () => `{ ...${object(depth - 1)}, headers: ${object(depth - 1)} }`,
          () => `Object.assign(${object(depth - 1)}, ${object(depth - 1)})`,
          () => `(${object(depth - 1)} || {})`,
          () => `headers["${name}"]`,
        ])();
  const header = (): string =>
    pick([
      `{ value: ${pick(texts)} }`,
      `{ value: ${pick(texts)} }`,
      `{ ...${object(1)}, value: ${pick(texts)} }`,
      "box",
    ]);
  const test_ = (): string => pick(["flag", "!flag", `headers["${name}"]`, `!headers["${name}"]`, `(${effect()})`]);
  const effect = (): string =>
    pick([
      () => `headers["${name}"] = ${header()}`,
      () => `${object(1)}[${pick(keys)}] = ${header()}`,
      () => `${object(1)}[${pick(keys)}] ${pick(["||=", "??=", "&&=", "+="])} ${header()}`,
      () => `delete ${object(1)}[${pick(keys)}]`,
      () => `response.headers = ${object(2)}`,
      () => `event.response = ${object(2)}`,
      () => `box.value = ${pick(texts)}`,
      () => `headers["${name}"].value = ${pick(texts)}`,
      () => `[${object(0)}[${pick(keys)}]] = [${header()}]`,
      () => `touch(${object(1)})`,
      () => "inner()",
      () => `console.log(${object(1)})`,
      () => `flag && (${object(0)}[${pick(keys)}] = ${header()})`,
    ])();
  const declared = (): string => {
    const fresh = `v${objects.length}`;
    const text = `${pick(["var", "let", "const"])} ${pick([
      () => `${fresh} = ${object(2)}`,
      () => `${fresh} = ${header()}`,
      () => `{ headers: ${fresh} } = ${object(1)}`,
      () => `{ ["${name}"]: ${fresh} = box } = ${object(1)}`,
    ])()};`;
    objects.push(fresh);
    return text;
  };
  const block = (depth: number): string => Array.from({ length: 1 + number(2) }, () => statement(depth - 1)).join(" ");
  const statement = (depth: number): string =>
    depth <= 0
      ? `${effect()};`
      : pick([
          () => `${effect()};`,
          () => `${effect()};`,
          declared,
          () => `if (${test_()}) { ${block(depth)} }`,
          () => `if (${test_()}) { ${block(depth)} } else { ${block(depth)} }`,
          () => `if (!headers["${name}"]) headers["${name}"] = ${header()};`,
          () => `if (${test_()}) return ${object(1)};`,
          () => `for (let i = 0; i < 2; i++) { ${block(depth)} }`,
          () => `for (const one in headers) { ${pick(["delete headers[one];", `headers[one] = box;`])} }`,
          () => `try { ${block(depth)} return ${object(1)}; } ${pick(["catch", "finally"])} { ${block(depth)} }`,
          () => `switch (flag) { case true: ${block(depth)} default: ${block(depth)} }`,
          () => `{ let headers = ${object(1)}; ${block(depth)} }`,
          () => `function inner() { ${effect()}; }`,
        ])();
  const some = () => Array.from({ length: number(3) }, () => statement(number(3))).join("\n  ");
  return `const key = "${name}", text = "${year}";
const box = { value: "${year}" }, all = { "${name}": { value: "${year}" } };
function touch(one) { ${pick(["", "if (one) one.value = text;", "if (one) one.headers = {};"])} }
${chance(0.2) ? "function inner() { box.value = 'max-age=0'; }" : ""}
function handler(event) {
  var response = event.response, headers = response.headers;
  var flag = event.request.uri === "/a";
  ${chance(0.6) ? some() : ""}
  ${chance(0.4) ? effect() : chance(0.5) ? "" : `headers["${name}"] = { value: ${pick(texts)} }`};
  ${chance(0.6) ? some() : ""}
  return ${pick(["response", "response", "event.response", object(2)])};
}`;
}

/** What two runs of a handler, one after the other, make of the header; undefined if a run fails. */
function runTwice(code: string, uri: string, sent: object): (string | undefined)[] {
  const start = new Function("console", `${code}\nreturn handler;`) as (console: object) => (event: object) => Response;
  interface Response {
    readonly headers: { readonly [name: string]: object };
  }
  try {
    const run = start({ log: () => {} });
    return [1, 2].map(() => {
      const event = { request: { uri }, response: { headers: { "x-a": { value: "" }, ...structuredClone(sent) } } };
      return JSON.stringify(run(event).headers[name]) ?? "none";
    });
  } catch {
    return [undefined];
  }
}

describe("what it says of handlers made at random is what they do", () => {
  const own = { value: "max-age=1" };
  const runs = [
    ["/a", {}],
    ["/b", {}],
    ["/a", { [name]: own }],
    ["/b", { [name]: own }],
  ] as const;
  const said = { sets: 0, none: 0, unclear: 0 };

  test.each(Array.from({ length: 10 }, (_, index) => index))("seeds from %i00 on", (hundred) => {
    for (let seed = hundred * 100; seed < hundred * 100 + 100; seed++) {
      const code = madeUp(seed);
      const found = hstsOfFunction(code);
      said[found.kind]++;
      if (found.kind === "unclear") continue;
      const wrong = runs.filter(([uri, sent]) => {
        const stays = found.kind === "none" || (found.yields && name in sent);
        const unchanged = name in sent ? JSON.stringify(own) : "none";
        const expected = stays ? unchanged : JSON.stringify({ value: found.header });
        return runTwice(code, uri, sent).some((after) => after !== undefined && after !== expected);
      });
      expect(wrong, `seed ${seed}, ${JSON.stringify(found)}:\n${code}`).toEqual([]);
    }
  });

  test("they are many enough of each kind", () => {
    expect(Math.min(said.sets, said.none, said.unclear)).toBeGreaterThan(50);
  });
});
