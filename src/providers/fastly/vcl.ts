// VCL text → statements: as much of Fastly's grammar as it takes to find a redirect and a header.
// https://www.fastly.com/documentation/reference/vcl/statements/

import type { Cause } from "../../cause.ts";

/** A word, an operator, or the text of a string. */
export interface Word {
  readonly text: string;
  readonly isString: boolean;
}

export type Statement =
  /** `if` with its `elsif`s; the last branch has no test where there is an `else`. */
  | { readonly kind: "if"; readonly branches: readonly Branch[] }
  /** `set …;`, `error …;` and whatever else ends with a semicolon. */
  | { readonly kind: "line"; readonly words: readonly Word[] }
  /** `#FASTLY recv`: what Fastly makes of the other settings of the service. */
  | { readonly kind: "macro"; readonly name: string }
  /** Code that the plan does not show. */
  | { readonly kind: "hidden"; readonly why: Cause };

export interface Branch {
  readonly test: readonly Word[] | undefined;
  readonly body: readonly Statement[];
}

export interface Vcl {
  readonly subroutines: ReadonlyMap<string, readonly Statement[]>;
  /** What stands outside of any subroutine, as all of a snippet does. */
  readonly loose: readonly Statement[];
}

const maxLength = 1_000_000;
const maxDepth = 100;

const blank = /\s+|\/\/[^\n]*|#(?!FASTLY[ \t]+\w)[^\n]*/y;
const macro = /#FASTLY[ \t]+(\w+)/y;
const longString = /\{(\w*)"/y;
const string = /"([^"\n]*)"/y;
const word = /[\w.:-]+|&&|\|\||[=!<>]=|!~|[-+*/%]=|[(){};,=!~<>+*/%^|&]/y;

/** Undefined for what cannot be read, or includes code from elsewhere. */
export function readVcl(code: string): Vcl | undefined {
  const tokens = code.length > maxLength ? undefined : tokensOf(code);
  return tokens && parse(tokens);
}

type Token = Word & { readonly isMacro?: boolean };

function tokensOf(code: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(code);
    if (match) at = pattern.lastIndex;
    return match ?? undefined;
  };
  while (at < code.length) {
    if (next(blank)) continue;
    if (code.startsWith("/*", at)) {
      const end = code.indexOf("*/", at + 2);
      if (end < 0) return undefined;
      at = end + 2;
      continue;
    }
    const name = next(macro)?.[1];
    const opening = name === undefined ? next(longString) : undefined;
    if (name !== undefined) tokens.push({ text: name.toLowerCase(), isString: false, isMacro: true });
    else if (opening) {
      const end = code.indexOf(`"${opening[1]}}`, at);
      if (end < 0) return undefined;
      tokens.push({ text: code.slice(at, end), isString: true });
      at = end + `"${opening[1]}}`.length;
    } else {
      const text = next(string);
      const plain = text ? undefined : next(word);
      if (!text && !plain) return undefined;
      tokens.push(text ? { text: text[1] ?? "", isString: true } : { text: plain?.[0] ?? "", isString: false });
    }
  }
  return tokens;
}

/** Declarations, which do nothing to a request by themselves. */
const declarations = ["acl", "table", "backend", "director", "penaltybox", "ratecounter", "pragma", "import"];

function parse(tokens: readonly Token[]): Vcl | undefined {
  const subroutines = new Map<string, Statement[]>();
  let at = 0;
  let isBroken = false;
  const loose = statements(0);
  return isBroken || at < tokens.length ? undefined : { subroutines, loose };

  function peek(): string | undefined {
    const token = tokens[at];
    return token && !token.isString && !token.isMacro ? token.text : undefined;
  }

  function take(text: string): boolean {
    if (peek() !== text) return false;
    at++;
    return true;
  }

  function broken<T>(result: T): T {
    isBroken = true;
    return result;
  }

  function statements(depth: number): Statement[] {
    const found: Statement[] = [];
    if (depth > maxDepth) return broken(found);
    while (at < tokens.length && !isBroken && peek() !== "}") {
      const token = tokens[at] as Token;
      if (token.isMacro) {
        found.push({ kind: "macro", name: token.text });
        at++;
      } else if (take("sub")) subroutine(depth);
      else if (take("if")) found.push(conditional(depth));
      else if (take("{")) found.push(...inBraces(depth));
      else if (declarations.includes(peek() ?? "")) skip();
      else if (!take(";")) found.push(line());
    }
    return found;
  }

  /** After its opening brace. */
  function inBraces(depth: number): Statement[] {
    const found = statements(depth + 1);
    return take("}") ? found : broken(found);
  }

  function block(depth: number): Statement[] {
    return take("{") ? inBraces(depth) : broken([]);
  }

  function subroutine(depth: number): void {
    const name = tokens[at++]?.text ?? "";
    // A functional subroutine has a type after its name.
    if (peek() !== "{") at++;
    // Code of the same name is added to what is there.
    subroutines.set(name, [...(subroutines.get(name) ?? []), ...block(depth)]);
  }

  function conditional(depth: number): Statement {
    const branches: Branch[] = [{ test: test(), body: block(depth) }];
    while (!isBroken) {
      const isElse = take("else");
      if (take("elsif") || take("elseif") || take("elif") || (isElse && take("if"))) {
        branches.push({ test: test(), body: block(depth) });
      } else {
        if (isElse) branches.push({ test: undefined, body: block(depth) });
        break;
      }
    }
    return { kind: "if", branches };
  }

  function test(): readonly Word[] {
    const words: Token[] = [];
    if (!take("(")) return broken(words);
    for (let open = 1; at < tokens.length; at++) {
      const text = peek();
      if (text === "(") open++;
      if (text === ")" && --open === 0) {
        at++;
        return words;
      }
      words.push(tokens[at] as Token);
    }
    return broken(words);
  }

  /** What holds braces, e.g. `switch`, is not read. */
  function line(): Statement {
    const words: Token[] = [];
    if (peek() === "include") return broken({ kind: "line", words });
    for (; at < tokens.length && peek() !== ";"; at++) {
      const token = tokens[at] as Token;
      if (token.isMacro || peek() === "{" || peek() === "}") return broken({ kind: "line", words });
      words.push(token);
    }
    return take(";") ? { kind: "line", words } : broken({ kind: "line", words });
  }

  /** Up to a semicolon, or to the brace that closes the first one. */
  function skip(): void {
    for (let open = 0; at < tokens.length; at++) {
      const text = peek();
      if (text === "{") open++;
      const isEnd = text === "}" ? --open <= 0 : text === ";" && open === 0;
      if (!isEnd) continue;
      at++;
      return;
    }
    broken(undefined);
  }
}
