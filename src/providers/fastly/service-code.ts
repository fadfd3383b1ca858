// The VCL that a service runs: what Fastly makes of its request settings, headers and snippets, and its own VCL.
// https://www.fastly.com/documentation/guides/full-site-delivery/fastly-vcl/

import { because, type Cause, describeCause } from "../../cause.ts";
import { causeOf, isSensitive, isShown, type Value } from "../../facts/fact.ts";
import type { Block } from "../../plan/block.ts";
import type { Resource } from "../../plan/view.ts";
import { nameText } from "../../text.ts";
import { readVcl, type Statement, type Vcl } from "./vcl.ts";
import { expanded } from "./vcl-flow.ts";

export interface ServiceCode {
  readonly receive: readonly Statement[];
  readonly error: readonly Statement[];
  readonly fetch: readonly Statement[];
  readonly deliver: readonly Statement[];
  /** Whether a part of it is secret, so that nothing of it may be shown. */
  readonly isSecret: boolean;
}

/**
 * What `force_ssl` becomes, and what Fastly's part of vcl_error makes of it, as generated VCL shows; in vcl_recv it
 * comes after the snippets, and before all that has a condition.
 * https://www.fastly.com/documentation/reference/http/http-statuses/
 */
const forceTls = 'if (!req.http.Fastly-SSL) { error 801 "Force SSL"; }';
const redirect801 =
  'if (obj.status == 801) { set obj.status = 301; set obj.http.Location = "https://" req.http.host req.url; return(deliver); }';

export function codeOf(service: Resource): ServiceCode {
  let isSecret = false;
  const read = (value: Value): string | undefined => {
    if (isSensitive(value)) isSecret = true;
    return isShown(value) ? String(value.value) : undefined;
  };
  const conditions = new Map<string, string>();
  for (const condition of service.blocks("condition", { set: true })) {
    const [name, statement] = [read(condition.value("name")), read(condition.value("statement"))];
    if (name !== undefined && statement !== undefined) conditions.set(name, statement);
  }
  const snippets = snippetsOf(service);
  const inits = snippets.filter(({ type }) => type === "init").flatMap(({ vcl }) => vcl ?? []);
  const subroutines = new Map(inits.flatMap((vcl) => [...vcl.subroutines]));
  // Snippets come first, as Fastly's generated VCL shows.
  const macros: { readonly [name: string]: readonly Statement[] } = {
    recv: [...codeOfSnippets("recv"), ...codeOfRequests()],
    error: [...statementsOf(redirect801), ...codeOfSnippets("error")],
    fetch: [...codeOfSnippets("fetch"), ...headers("cache", "beresp")],
    deliver: [...codeOfSnippets("deliver"), ...headers("response", "resp")],
  };
  const main = mainVcl(service, read);
  const code = (name: "recv" | "error" | "fetch" | "deliver"): readonly Statement[] => {
    // Code of the same name is added to what is there.
    const before = subroutines.get(`vcl_${name}`) ?? [];
    if (main === "none") return expanded([...before, { kind: "macro", name }], macros, subroutines);
    if ("why" in main) return [hidden(main.why)];
    const body = main.subroutines.get(`vcl_${name}`);
    if (!body) return [hidden(because`its own VCL has no vcl_${name}`)];
    return expanded([...before, ...body], macros, new Map([...subroutines, ...main.subroutines]));
  };
  const parts = { receive: code("recv"), error: code("error"), fetch: code("fetch"), deliver: code("deliver") };
  return { ...parts, isSecret };

  function codeOfSnippets(type: string): readonly Statement[] {
    return snippets.filter((one) => one.type === type || one.type === "?").flatMap(({ body }) => body);
  }

  function snippetsOf(resource: Resource) {
    const blocks = ["snippet", "dynamicsnippet"].flatMap((kind) => resource.blocks(kind, { set: true }));
    const found = blocks.map((block) => {
      const [content, type] = [block.value("content"), block.value("type")];
      const written = read(content);
      const vcl = written === undefined ? undefined : readVcl(written);
      const open =
        type.state === "unknown"
          ? because`the type of ${nameText(block.at)} is ${describeCause(causeOf(type))}`
          : written === undefined
            ? because`the content of ${nameText(block.at)} is ${describeCause(causeOf(content))}`
            : because`${nameText(block.at)} cannot be read`;
      const body = type.state === "unknown" ? undefined : vcl?.loose;
      // Of an unknown type it may be code of any subroutine.
      return {
        type: type.state === "unknown" ? "?" : read(type),
        priority: priorityOf(block),
        vcl,
        body: body ?? [hidden(open)],
      };
    });
    return found.toSorted((one, other) => one.priority - other.priority);
  }

  /** What has no condition comes first, and of each kind of block settings, headers and responses, in this order. */
  function codeOfRequests(): readonly Statement[] {
    const isFree = (block: Block) => block.value("request_condition").state === "absent";
    const [settings, headers, responses] = ["request_setting", "header", "response_object"].map((kind) =>
      service.blocks(kind, { set: true }),
    ) as [readonly Block[], readonly Block[], readonly Block[]];
    const free = settings.filter(isFree);
    return [
      // Which of several settings comes first is not documented.
      ...(free.length > 1 && free.some(answers) ? [hidden(because`one of its request settings may answer first`)] : []),
      ...[...free, ...settings.filter((setting) => !isFree(setting))].flatMap(codeOfSetting),
      ...headers.flatMap(codeOfProtocolHeader),
      ...responses.flatMap(codeOfResponse),
    ];
  }

  function codeOfSetting(setting: Block): readonly Statement[] {
    const force = setting.flag("force_ssl");
    if (force.state === "unknown") return [hidden(force.cause)];
    const isForced = isShown(force) && force.value === true;
    const code = `${isForced ? forceTls : ""} ${answers(setting) ? "return(pass);" : ""}`;
    return code.trim() === "" ? [] : guarded(setting, ["request_condition"], code);
  }

  /** Whoever sets the header that tells HTTPS from HTTP decides what comes after it. */
  function codeOfProtocolHeader(block: Block): readonly Statement[] {
    const [type, destination] = [block.value("type"), block.value("destination")];
    const isElsewhere = isShown(type) ? type.value !== "request" : type.state === "absent";
    const isOther = isShown(destination)
      ? !/^http\.fastly-ssl/i.test(String(destination.value))
      : destination.state === "absent";
    return isElsewhere || isOther ? [] : statementsOf("set req.http.Fastly-SSL = req.url;");
  }

  /** A response of its own; one with a condition on what is cached answers only after the origin has. */
  function codeOfResponse(block: Block): readonly Statement[] {
    const isLate =
      block.value("request_condition").state === "absent" && block.value("cache_condition").state !== "absent";
    return isLate ? [] : guarded(block, ["request_condition"], 'error 900 "Fastly Internal";');
  }

  /** Code behind the conditions that a block names. */
  function guarded(block: Block, attributes: readonly string[], code: string): readonly Statement[] {
    let guardedCode = code;
    for (const attribute of attributes) {
      const name = block.value(attribute);
      if (name.state === "absent") continue;
      const condition = conditions.get(read(name) ?? "");
      if (condition === undefined) return [hidden(because`the condition of ${nameText(block.at)} is not in the plan`)];
      guardedCode = `if (${condition}) { ${guardedCode} }`;
    }
    return statementsOf(guardedCode);
  }

  function headers(type: string, object: string): readonly Statement[] {
    const blocks = service.blocks("header", { set: true });
    return blocks
      .toSorted((one, other) => priorityOf(one) - priorityOf(other))
      .flatMap((block) => headerCode(block, type, object));
  }

  function headerCode(block: Block, type: string, object: string): readonly Statement[] {
    const [destination, actualType] = [block.value("destination"), block.value("type")];
    const isOther = isShown(destination) && !isHsts(String(destination.value));
    const isElsewhere = isShown(actualType) ? actualType.value !== type : actualType.state === "absent";
    if (isOther || isElsewhere) return [];
    const [action, source, once] = [block.value("action"), block.value("source"), block.flag("ignore_if_set")];
    const open = [destination, actualType, action, source, once].find((value) => value.state === "unknown");
    if (open) return [hidden(causeOf(open))];
    const name = `${object}.${read(destination)}`;
    const how = read(action);
    const set = `set ${name} = ${read(source) ?? ""};`;
    const isOnce = isShown(once) && once.value === true;
    const code = how === "set" ? (isOnce ? `if (!${name}) { ${set} }` : set) : how === "delete" ? `unset ${name};` : "";
    if (code === "")
      return [hidden(because`${nameText(block.at)} changes the header in a way that reading it does not decide`)];
    return guarded(block, ["request_condition", "cache_condition", "response_condition"], code);
  }
}

/** Whether a request setting ends vcl_recv, or may. */
function answers(setting: Block): boolean {
  const action = setting.value("action");
  return isShown(action) ? /^(lookup|pass)$/.test(String(action.value)) : action.state === "unknown";
}

export const isHsts = (destination: string): boolean => /^http\.strict-transport-security$/i.test(destination);

const hidden = (why: Cause): Statement => ({ kind: "hidden", why });

const statementsOf = (code: string): readonly Statement[] =>
  readVcl(code)?.loose ?? [hidden(because`a part of its settings is not VCL that can be read`)];

/** Lower ones run first. */
function priorityOf(block: Block): number {
  const priority = block.value("priority");
  return isShown(priority) ? Number(priority.value) : 100;
}

function mainVcl(
  service: Resource,
  read: (value: Value) => string | undefined,
): "none" | { readonly why: Cause } | Vcl {
  const blocks = service.blocks("vcl", { set: true });
  const main = blocks.find((block) => {
    const isMain = block.value("main");
    return isShown(isMain) ? isMain.value === true : isMain.state === "unknown";
  });
  if (!main) return "none";
  const content = main.value("content");
  const written = read(content);
  if (written === undefined) return { why: because`its own VCL is ${describeCause(causeOf(content))}` };
  return readVcl(written) ?? { why: because`its own VCL cannot be read, or includes other files` };
}
