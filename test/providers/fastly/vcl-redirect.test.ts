// VCL → what plain HTTP gets: redirected, refused, nothing, or not to be told.

import { describe, expect, test } from "vitest";
import { because, describeCause } from "../../../src/cause.ts";
import { readVcl, type Statement } from "../../../src/providers/fastly/vcl.ts";
import { plainHttpBy } from "../../../src/providers/fastly/vcl-redirect.ts";

const code = (text: string): readonly Statement[] => {
  const vcl = readVcl(text);
  if (!vcl) throw new Error(`not read: ${text}`);
  return vcl.loose;
};

const moved = (status: number, to = '"https://" req.http.host req.url', rest = "return(deliver);") =>
  `if (obj.status == ${status}) { set obj.status = 301; set obj.http.Location = ${to}; ${rest} }`;

const by = (receive: string, error = moved(801)) => {
  const found = plainHttpBy(code(receive), code(error));
  return typeof found === "string" ? found : `? ${describeCause(found.unclear)}`;
};

const condition = "? its VCL redirects plain HTTP only under a condition";
const earlier = "? its VCL may answer plain HTTP before it is redirected";
const disguised = "? its VCL sets Fastly-SSL itself, which tells HTTPS from plain HTTP";
const undecided = "? its VCL answers plain HTTP in a way that reading it does not decide";

describe("vcl_recv", () => {
  test.each([
    // Each way to ask for the protocol, which headers' names may write in any letters.
    ['if (!req.http.Fastly-SSL) { error 801 "Force SSL"; }', "redirected"],
    ["if (!req.http.fastly-ssl) { error 801; }", "redirected"],
    ["if (!req.is_ssl) { error 801; }", "redirected"],
    ['if (req.protocol != "https") { error 801; }', "redirected"],
    ['if (req.protocol == "http") { error 801; }', "redirected"],
    ["if (req.http.Fastly-SSL) { x; } else { error 801; }", "redirected"],
    ["if (req.is_ssl) { return(pass); } else { error 801; }", "redirected"],
    ['if (req.protocol == "https") { x; } elsif (req.protocol == "http") { error 801; }', "redirected"],
    ['if (req.protocol != "http") { x; } else { error 801; }', "redirected"],
    // What comes before it may do what it likes, but answer.
    ["set req.http.A = req.url; if (req.url) { unset req.http.B; } if (!req.is_ssl) { x; error 801; }", "redirected"],
    ["if (req.is_ssl) { return(pass); } if (!req.is_ssl) { error 801; }", "redirected"],
    ["if (!req.is_ssl) { set req.http.A = 1; } if (!req.is_ssl) { error 801; }", "redirected"],
    ["error 801;", "redirected"],
    ["if (!req.is_ssl) { if (!req.is_ssl) { error 801; } }", "redirected"],
    ["if (!req.is_ssl) { if (a) { x; } else { y; } error 801; }", "redirected"],
    ["if (!req.is_ssl) { error 403; }", "refused"],
    ["if (!req.is_ssl) { error; }", "refused"],
    // Not for every request.
    ['if (req.url ~ "^/a" && !req.is_ssl) { error 801; }', condition],
    ['if (req.http.host == "a.test") { error 801; }', condition],
    ['if (req.url ~ "^/a") { if (!req.is_ssl) { error 801; } }', condition],
    ['if (req.http.X-Forwarded-Proto != "https") { error 801; }', condition],
    ["if (!req.is_ssl) { if (a) { error 801; } }", condition],
    // Not before something else has answered.
    ["if (req.http.cookie) { return(pass); } if (!req.is_ssl) { error 801; }", earlier],
    ["if (a) { x; } else { restart; } if (!req.is_ssl) { error 801; }", earlier],
    ["call elsewhere; if (!req.is_ssl) { error 801; }", earlier],
    ["return(lookup); if (!req.is_ssl) { error 801; }", "none"],
    // Not where the header that is asked for is set by hand.
    ['set req.http.Fastly-SSL = "1"; if (!req.http.Fastly-SSL) { error 801; }', disguised],
    ['if (a) { if (b) { set req.http.fastly-ssl = "1"; } } if (!req.http.Fastly-SSL) { error 801; }', disguised],
    ['if (!req.is_ssl) { add req.http.Fastly-SSL = "1"; } if (!req.http.Fastly-SSL) { error 801; }', disguised],
    ['if (req.is_ssl) { set req.http.Fastly-SSL = "1"; } if (!req.http.Fastly-SSL) { error 801; }', "redirected"],
    ['if (!req.http.Fastly-SSL) { error 801; } set req.http.Fastly-SSL = "1";', "redirected"],
    // Not in a way that is followed.
    ["if (!req.is_ssl) { return(error); }", undecided],
    ["if (!req.is_ssl) { restart; }", undecided],
    ["goto done;", undecided],
    ["restart;", undecided],
    ["return(error);", undecided],
    ["call elsewhere;", undecided],
    // Not at all.
    ["if (!req.is_ssl) { return(pass); }", "none"],
    ["if (!req.is_ssl) { return(pass); } error 801;", "none"],
    ["", "none"],
    ["set req.http.A = 1; return(pass);", "none"],
    ['if (req.url == "/") { error 404; }', "none"],
    ["if (req.is_ssl) { error 801; }", "none"],
    ["if (!req.is_ssl) { set req.http.A = 1; }", "none"],
    ["if (!req.is_ssl) { x; } else { error 801; }", "none"],
  ])("%s %s", (receive, expected) => expect(by(receive)).toBe(expected));

  test("what the plan does not show may answer first", () => {
    const hidden: Statement = { kind: "hidden", why: because`not shown` };
    const redirect = code("if (!req.is_ssl) { error 801; }");
    expect(plainHttpBy([hidden, ...redirect], code(moved(801)))).toEqual({ unclear: because`not shown` });
    expect(plainHttpBy([hidden], [])).toEqual({ unclear: because`not shown` });
    expect(plainHttpBy([...redirect, hidden], code(moved(801)))).toBe("redirected");
    expect(plainHttpBy(redirect, [hidden])).toEqual({ unclear: because`not shown` });
  });
});

describe("vcl_error", () => {
  const raise = "if (!req.is_ssl) { error 618; }";

  test.each([
    [moved(618), "redirected"],
    [moved(618).replace("301", "308"), "redirected"],
    [moved(618, '"https://www.a.test" + req.url'), "redirected"],
    [moved(618).replace("obj.http.Location", "obj.http.location"), "redirected"],
    [`${moved(900, '"http://a.test"')} ${moved(618)}`, "redirected"],
    [`if (obj.status == 900) { x; } elsif (obj.status == 618) { set obj.status = 403; }`, "refused"],
    [`if (req.url) { set obj.http.A = 1; } ${moved(618)}`, "redirected"],
    [`set obj.http.A = 1; ${moved(618)}`, "redirected"],
    [moved(618, '"http://" req.http.host'), undecided],
    [moved(618, "req.http.target"), undecided],
    [moved(618).replace("301", "200"), undecided],
    [moved(618).replace("301", "304"), undecided],
    [moved(618, undefined, "restart;"), undecided],
    [moved(618, undefined, "if (a) { restart; }"), undecided],
    [`if (req.url) { return(deliver); } ${moved(618)}`, undecided],
    [`if (obj.status >= 600) { set obj.status = 200; } ${moved(618)}`, undecided],
    [`return(deliver); ${moved(618)}`, undecided],
    [`set obj.status = 200; ${moved(618)}`, undecided],
    ["", undecided],
    [moved(801), undecided],
  ])("%s %s", (error, expected) => expect(by(raise, error)).toBe(expected));

  test.each([
    ["400", "refused"],
    ["599", "refused"],
    ["301", undecided],
    ["600", undecided],
  ])("a status of %s that nothing changes: %s", (status, expected) =>
    expect(by(`if (!req.is_ssl) { error ${status}; }`, "")).toBe(expected),
  );
});
