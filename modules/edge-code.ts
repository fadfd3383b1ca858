// Code of the viewer-request function that websites and redirects share, composed of the steps that they ask for.

export interface Redirection {
  /** Where to: a host, or a URL without its path. */
  readonly to: `https://${string}`;
  readonly status: 301 | 302 | 307 | 308;
  readonly keepPath: boolean;
  readonly keepQuery: boolean;
}

export interface EdgeSteps {
  /** The Strict-Transport-Security header of answers that the function gives itself. */
  readonly hsts?: string;
  /** Hosts that are not this one are redirected to it. */
  readonly canonicalHost?: string;
  /** What a path that ends in a slash, or has no extension, stands for. */
  readonly directoryIndex?: string;
  /** The page that every path without an extension gets. */
  readonly singlePage?: string;
  /** Every request is redirected. */
  readonly redirect?: Redirection;
  /** A function of the app, with a handler: it sees requests for the canonical host, before their paths are rewritten. */
  readonly own?: string;
}

const answering = new WeakSet<object>();

/** A function that answers every request itself: what excuses its headers stands at the function. */
export function answeringAll<Edge extends object>(edge: Edge): Edge {
  answering.add(edge);
  return edge;
}

export const answersAll = (edge: object | undefined): boolean => edge !== undefined && answering.has(edge);

const queryOf = `function queryOf(request, first) {
  var parts = [];
  for (var name in request.querystring) {
    var entry = request.querystring[name];
    var values = entry.multiValue || [entry];
    for (var i = 0; i < values.length; i++) parts.push(values[i].value === '' ? name : name + '=' + values[i].value);
  }
  return parts.length > 0 ? first + parts.join('&') : '';
}`;

// Files under /.well-known/ (RFC 8615) often have no extension, and are files all the same.
const isPage = `function isPage(uri) {
  return uri.indexOf('/.well-known/') !== 0 && uri.split('/').pop().indexOf('.') < 0;
}`;

/** JavaScript for CloudFront's runtime 2.0. CloudFront runs one function for each event: all steps are in it. */
export function edgeCode({ hsts, canonicalHost, directoryIndex, singlePage, redirect, own }: EdgeSteps): string {
  const text = (value: string) => JSON.stringify(value);
  const answer = (status: number, location: string) =>
    `return { statusCode: ${status}, headers: { location: { value: ${location} }${
      hsts === undefined ? "" : `, 'strict-transport-security': { value: ${text(hsts)} }`
    } } };`;
  const steps = [
    redirect &&
      answer(
        redirect.status,
        [
          text(redirect.to),
          redirect.keepPath && "request.uri",
          redirect.keepQuery && `queryOf(request, '${redirect.to.includes("?") ? "&" : "?"}')`,
        ]
          .filter(Boolean)
          .join(" + "),
      ),
    canonicalHost !== undefined &&
      `if (request.headers.host.value !== ${text(canonicalHost)}) {\n    ${answer(301, `${text(`https://${canonicalHost}`)} + request.uri + queryOf(request, '?')`)}\n  }`,
    own !== undefined &&
      "event.request = request;\n  const answer = await own(event);\n  if (answer.statusCode) return answer;\n  request = answer;",
    singlePage !== undefined && `if (isPage(request.uri)) request.uri = ${text(`/${singlePage}`)};`,
    singlePage === undefined &&
      directoryIndex !== undefined &&
      `if (isPage(request.uri)) request.uri = request.uri.replace(/\\/?$/, '/') + ${text(directoryIndex)};`,
    !redirect && "return request;",
  ].filter((step) => typeof step === "string");
  const body = steps.join("\n  ");
  const helpers = [body.includes("queryOf(") && queryOf, body.includes("isPage(") && isPage].filter(Boolean);
  const [imports, wrapped] = own === undefined ? [[], []] : wrap(own);
  const isAsync = own === undefined ? "" : "async ";
  const handler = `${isAsync}function handler(event) {\n  var request = event.request;\n  ${body}\n}\n`;
  return [...imports, ...wrapped, ...helpers, handler].join("\n\n");
}

const importLine = /^[ \t]*import\b[^;\n]*(?:;|$)/gm;

/** The app's function keeps its names to itself; its imports, such as that of a key value store, are only allowed outside. */
function wrap(own: string): [string[], string[]] {
  const imports = own.match(importLine) ?? [];
  return [imports, [`const own = (function () {\n${own.replace(importLine, "").trim()}\nreturn handler;\n})();`]];
}
