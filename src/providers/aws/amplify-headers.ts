// The custom headers of an Amplify app, as YAML or JSON → what is sent as Strict-Transport-Security.
// https://docs.aws.amazon.com/amplify/latest/userguide/custom-header-YAML-format.html

export interface CustomHeader {
  readonly pattern: string;
  readonly key: string;
  readonly value: string;
}

/** Each header with the pattern of the paths that get it; undefined for a text that is not read here. */
export const customHeaders = (text: string): readonly CustomHeader[] | undefined => ofJson(text) ?? ofYaml(text);

function ofJson(text: string): readonly CustomHeader[] | undefined {
  try {
    const { customHeaders: items } = JSON.parse(text) as { customHeaders: readonly Item[] };
    return whole(items.flatMap(({ pattern, headers }) => headers.map((one) => ({ ...one, pattern }))));
  } catch {
    return undefined;
  }
}

type Part = { -readonly [name in keyof CustomHeader]?: string | undefined };

interface Item {
  pattern?: string | undefined;
  readonly headers: Part[];
}

/** All of them, where none lacks anything. */
function whole(headers: readonly Part[]): readonly CustomHeader[] | undefined {
  const isText = (value: unknown) => typeof value === "string";
  const isWhole = (one: Part): one is CustomHeader => isText(one.pattern) && isText(one.key) && isText(one.value);
  return headers.every(isWhole) ? headers : undefined;
}

/** `- pattern: '**'`, `headers:`, `- key: …`, `value: …`: in any order, and with names in quotes, as yamlencode writes. */
const line = /^([ -]*)(["']?)(customHeaders|pattern|headers|key|value)\2:\s*(.*?)\s*$/;

/** One that YAML reads as it stands: in quotes, or without any sign that means something to it. */
function scalarOf(text: string): string | undefined {
  const [, double, single] = /^"([^"\\]*)"$|^'([^']*)'$/.exec(text) ?? [];
  if (double !== undefined || single !== undefined) return double ?? single;
  return /^[^\s"'>|&*!%@`{[#-][^#]*$/.test(text) && !text.includes(": ") ? text : undefined;
}

function ofYaml(text: string): readonly CustomHeader[] | undefined {
  const items: Item[] = [];
  const lines = text.split("\n").filter((one) => one.trim() !== "" && !/^\s*(#|---\s*$)/.test(one));
  let outer: number | undefined;
  for (const one of lines) {
    const [, indent = "", , name, written = ""] = line.exec(one) ?? [];
    if (!name) return undefined;
    if (name === "customHeaders" || name === "headers") {
      if (written !== "") return undefined;
      if (name === "customHeaders") continue;
    }
    const dash = indent.indexOf("-");
    outer ??= dash;
    const isItem = dash >= 0 && dash === outer;
    if (isItem) items.push({ headers: [] });
    const item = items.at(-1);
    if (!item) return undefined;
    if (name === "headers") continue;
    const value = scalarOf(written);
    if (value === undefined) return undefined;
    if (name === "pattern") item.pattern = value;
    else {
      if (dash > outer) item.headers.push({});
      const header = item.headers.at(-1);
      if (!header) return undefined;
      header[name as "key" | "value"] = value;
    }
  }
  return whole(
    items.flatMap(({ pattern, headers }) => headers.map((one) => ({ ...one, ...(pattern && { pattern }) }))),
  );
}
