// Reads expressions and templates of Terraform's native syntax into a syntax tree.
// https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md

import { type BinaryOperator, type Expression, syntaxFailure } from "./syntax.ts";
import { flushIndentation, type TemplateToken, treeOf, trimEnd, trimStart } from "./template.ts";

/** Deeper nesting than Terraform's own formatter leaves readable; the stack is bounded. */
const maxDepth = 500;

/** Most names are ASCII, which is found without the large tables of Unicode. */
const plainIdentifier = /[A-Za-z_][A-Za-z0-9_-]*/y;
let unicodeIdentifier: RegExp | undefined;

const isAscii = (char: string | undefined): boolean => char === undefined || char < "\x80";
const numeral = /[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const digits = /[0-9]+/y;

/** By precedence, the loosest first. */
const operators: readonly (readonly BinaryOperator[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  [">=", "<=", ">", "<"],
  ["+", "-"],
  ["*", "/", "%"],
];

type TemplateEnd = { readonly kind: "quote" | "file" } | { readonly kind: "heredoc"; readonly name: string };

export interface Parser {
  /** The offset of what comes next. */
  readonly at: () => number;
  readonly moveTo: (offset: number) => void;
  readonly fail: (message: string) => never;
  /** Skips spaces and comments; line ends too where they mean nothing. */
  readonly skip: (lineEnds?: boolean) => void;
  readonly peek: (text: string) => boolean;
  readonly take: (text: string) => boolean;
  readonly name: () => string | undefined;
  readonly expression: () => Expression;
  /** All of the text as one template. */
  readonly template: () => Expression;
  /** The parts of that template: each reaches to the offset of the next one. */
  readonly templateParts: () => readonly TemplateToken[];
  /** A string without interpolation, as block labels are; after its opening quote. */
  readonly label: () => string;
}

/** A reader of one text. */
export function parserOf(text: string, start = 0): Parser {
  let position = start;
  let depth = 0;
  /** Whether line ends are spaces: so it is inside of all brackets. */
  let ignoresLineEnds = false;

  const fail = (message: string): never => {
    throw syntaxFailure(message, position);
  };

  function skip(lineEnds = ignoresLineEnds): void {
    for (;;) {
      const char = text[position];
      if (char === " " || char === "\t" || (lineEnds && (char === "\n" || char === "\r"))) position++;
      else if (char === "\r" && text[position + 1] === "\n") position++;
      else if (char === "#" || (char === "/" && text[position + 1] === "/")) {
        const end = text.indexOf("\n", position);
        position = end < 0 ? text.length : end;
      } else if (char === "/" && text[position + 1] === "*") {
        const end = text.indexOf("*/", position + 2);
        if (end < 0) fail("a comment has no end");
        position = end + 2;
      } else return;
    }
  }

  const peek = (token: string): boolean => text.startsWith(token, position);

  function take(token: string): boolean {
    skip();
    if (!peek(token)) return false;
    position += token.length;
    return true;
  }

  function expect(token: string): void {
    if (!take(token)) fail(`${token} is missing`);
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) position += found.length;
    return found;
  }

  function name(): string | undefined {
    skip();
    return identifier();
  }

  function identifier(): string | undefined {
    const before = position;
    const plain = match(plainIdentifier);
    if (isAscii(text[position])) return plain;
    position = before;
    unicodeIdentifier ??= /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
    return match(unicodeIdentifier);
  }

  /** A name that is a word of the language, without taking it. */
  function peekName(): string | undefined {
    skip();
    const before = position;
    const found = identifier();
    position = before;
    return found;
  }

  function inBrackets<T>(read: () => T, lineEnds = true): T {
    if (++depth > maxDepth) fail("the nesting is too deep");
    const before = ignoresLineEnds;
    ignoresLineEnds = lineEnds;
    const result = read();
    ignoresLineEnds = before;
    depth--;
    return result;
  }

  function expression(): Expression {
    if (++depth > maxDepth) fail("the nesting is too deep");
    skip();
    const at = position;
    const condition = binary(0);
    let result = condition;
    if (take("?")) {
      const whenTrue = expression();
      expect(":");
      result = { kind: "conditional", condition, whenTrue, whenFalse: expression(), at };
    }
    depth--;
    return result;
  }

  function operatorOf(level: number): BinaryOperator | undefined {
    skip();
    const found = operators[level]?.find(peek);
    // "=>" and "==" begin alike with nothing here, but a template may end with "%{".
    return found;
  }

  function binary(level: number): Expression {
    if (level === operators.length) return traversed(term());
    let left = binary(level + 1);
    for (let operator = operatorOf(level); operator !== undefined; operator = operatorOf(level)) {
      position += operator.length;
      left = { kind: "binary", operator, left, right: binary(level + 1), at: left.at };
    }
    return left;
  }

  function traversed(from: Expression): Expression {
    let source = from;
    for (;;) {
      skip();
      const at = source.at;
      if (peek(".") && !peek("...")) {
        position++;
        skip();
        if (peek("*")) {
          position++;
          source = { kind: "splat", source, each: attributeSplat(), at };
        } else source = step(source);
      } else if (peek("[")) {
        position++;
        skip(true);
        if (peek("*")) {
          position++;
          expect("]");
          source = { kind: "splat", source, each: traversed({ kind: "item", at: position }), at };
          continue;
        }
        const key = inBrackets(() => {
          const inner = expression();
          expect("]");
          return inner;
        });
        source = { kind: "index", source, key, at };
      } else return source;
    }
  }

  /** What follows a dot: a name, or an index in the notation of old. */
  function step(source: Expression): Expression {
    const index = match(digits);
    const { at } = source;
    if (index !== undefined) return { kind: "index", source, key: { kind: "number", text: index, at: position }, at };
    const found = identifier();
    if (found === undefined) return fail("a name is missing after the dot");
    return { kind: "attribute", source, name: found, at };
  }

  /** `.*` takes attributes alone: an index after it counts in the result. */
  function attributeSplat(): Expression {
    let each: Expression = { kind: "item", at: position };
    for (skip(); peek(".") && !peek("..."); skip()) {
      position++;
      skip();
      each = step(each);
    }
    return each;
  }

  function term(): Expression {
    skip();
    const at = position;
    const char = text[position];
    if (char === undefined) return fail("an expression is missing");
    if (char === "(") {
      position++;
      return inBrackets(() => {
        const inner = expression();
        expect(")");
        return { ...inner, isEnclosed: true };
      });
    }
    if (char === '"') {
      position++;
      return template({ kind: "quote" });
    }
    if (char === "[") return inBrackets(tuple);
    if (char === "{") return inBrackets(object);
    if (char === "-" || char === "!") {
      position++;
      if (++depth > maxDepth) fail("the nesting is too deep");
      const operand = traversed(term());
      depth--;
      return { kind: "unary", operator: char, operand, at };
    }
    if (char >= "0" && char <= "9") return { kind: "number", text: match(numeral) ?? "", at };
    if (peek("<<")) return heredoc();
    return peekName() === undefined ? fail("an expression is missing") : named();
  }

  function named(): Expression {
    const at = position;
    let word = identifier() ?? "";
    while (peek("::")) {
      position += 2;
      word += `::${identifier() ?? fail("a function's name is missing")}`;
    }
    const before = position;
    skip();
    if (peek("(")) {
      position++;
      return inBrackets(() => call(word, at));
    }
    position = before;
    if (word === "true" || word === "false") return { kind: "literal", value: word === "true", at };
    if (word === "null") return { kind: "literal", value: null, at };
    return { kind: "variable", name: word, at };
  }

  function call(word: string, at: number): Expression {
    const list: Expression[] = [];
    let expandsLast = false;
    while (!take(")")) {
      list.push(expression());
      if (take("...")) {
        expandsLast = true;
        expect(")");
        break;
      }
      if (take(")")) break;
      expect(",");
    }
    return { kind: "call", name: word, arguments: list, expandsLast, at };
  }

  function tuple(): Expression {
    const at = position;
    position++;
    if (peekName() === "for") return loop(at, "]");
    const elements: Expression[] = [];
    while (!take("]")) {
      elements.push(expression());
      if (take("]")) break;
      expect(",");
    }
    return { kind: "tuple", elements, at };
  }

  function object(): Expression {
    const at = position;
    position++;
    if (peekName() === "for") return loop(at, "}");
    const items: { key: Expression; value: Expression }[] = [];
    while (!take("}")) {
      const key = objectKey();
      if (!take("=")) expect(":");
      // A line end, or a comma, ends the item.
      const value = inBrackets(expression, false);
      items.push({ key, value });
      skip(false);
      if (peek("}") || peek("\n") || peek(",")) {
        take(",");
        continue;
      }
      fail("an object's items need a comma or a line end between them");
    }
    return { kind: "object", items, at };
  }

  function objectKey(): Expression {
    skip();
    const at = position;
    const inParentheses = peek("(");
    const key = expression();
    if (inParentheses) return key;
    // A name alone is the key itself; so are the words of the language.
    if (key.kind === "variable") return { kind: "literal", value: key.name, at };
    if (key.kind === "literal" && typeof key.value !== "string") return { kind: "literal", value: `${key.value}`, at };
    return key;
  }

  function loop(at: number, end: "]" | "}"): Expression {
    name();
    const first = name() ?? fail("for needs a name");
    const second = take(",") ? (name() ?? fail("for needs a second name")) : undefined;
    if (name() !== "in") fail("for needs in");
    const collection = expression();
    expect(":");
    let value = expression();
    let key: Expression | undefined;
    let isGrouped = false;
    if (end === "}") {
      expect("=>");
      key = value;
      value = expression();
      isGrouped = take("...");
    }
    let condition: Expression | undefined;
    if (peekName() === "if") {
      name();
      condition = expression();
    }
    expect(end);
    return {
      kind: "for",
      valueName: second ?? first,
      collection,
      value,
      isGrouped,
      at,
      ...(second === undefined ? {} : { keyName: first }),
      ...(key ? { key } : {}),
      ...(condition ? { condition } : {}),
    };
  }

  function heredoc(): Expression {
    const at = position;
    position += 2;
    const isFlush = peek("-");
    if (isFlush) position++;
    const word = identifier() ?? fail("a heredoc needs a name");
    if (peek("\r")) position++;
    if (!peek("\n")) fail("a heredoc's name needs a line end");
    position++;
    return template({ kind: "heredoc", name: word }, isFlush, at);
  }

  function template(end: TemplateEnd, isFlush = false, at = position): Expression {
    return inBrackets(() => {
      const tokens = templateTokens(end);
      return treeOf(isFlush ? flushIndentation(tokens) : tokens, at);
    });
  }

  function templateTokens(end: TemplateEnd): TemplateToken[] {
    const tokens: TemplateToken[] = [];
    let trimsNext = false;
    const add = (value: string, at: number) => {
      tokens.push({ kind: "literal", text: trimsNext ? trimStart(value) : value, at });
      trimsNext = false;
    };
    let isLineStart = true;
    for (;;) {
      if (end.kind === "heredoc" && isLineStart && endsHeredoc(end.name)) return tokens;
      if (end.kind === "file" && position >= text.length) return tokens;
      if (end.kind === "quote" && peek('"')) {
        position++;
        return tokens;
      }
      if (position >= text.length) fail("a string has no end");
      const at = position;
      const literal = literalIn(end);
      if (literal !== "") {
        add(literal, at);
        isLineStart = literal.endsWith("\n");
        continue;
      }
      isLineStart = false;
      const isDirective = peek("%{");
      position += 2;
      if (peek("~")) {
        position++;
        const last = tokens.at(-1);
        if (last?.kind === "literal") tokens[tokens.length - 1] = { ...last, text: trimEnd(last.text) };
      }
      tokens.push(inBrackets(() => (isDirective ? directive(at) : { kind: "value", expression: expression(), at })));
      skip(true);
      trimsNext = peek("~");
      if (trimsNext) position++;
      if (!peek("}")) fail("a template's } is missing");
      position++;
    }
  }

  /** Moves behind the line that ends a heredoc, but for its line end. */
  function endsHeredoc(word: string): boolean {
    const lineEnd = text.indexOf("\n", position);
    const line = text.slice(position, lineEnd < 0 ? text.length : lineEnd);
    if (line.trim() !== word) return false;
    position += line.trimEnd().length;
    return true;
  }

  function directive(at: number): TemplateToken {
    const word = name();
    switch (word) {
      case "if":
        return { kind: "if", condition: expression(), at };
      case "for": {
        const first = name() ?? fail("for needs a name");
        const second = take(",") ? (name() ?? fail("for needs a second name")) : undefined;
        if (name() !== "in") fail("for needs in");
        const names = { valueName: second ?? first, ...(second === undefined ? {} : { keyName: first }) };
        return { kind: "for", ...names, collection: expression(), at };
      }
      case "else":
      case "endif":
      case "endfor":
        return { kind: word, at };
      default:
        return fail("a template directive is unknown");
    }
  }

  /** Text up to the next "${", "%{" or the end; in a heredoc at most one line. */
  function literalIn(end: TemplateEnd): string {
    let literal = "";
    let from = position;
    const flush = () => {
      literal += text.slice(from, position);
    };
    for (; position < text.length; position++) {
      const char = text[position];
      if (char === "$" || char === "%") {
        if (text[position + 1] === "{") break;
        if (text[position + 1] === char && text[position + 2] === "{") {
          flush();
          literal += `${char}{`;
          position += 2;
          from = position + 1;
        }
      } else if (char === "\n") {
        if (end.kind === "quote") fail("a string has a line end in it");
        if (end.kind === "heredoc") {
          position++;
          break;
        }
      } else if (end.kind === "quote") {
        if (char === '"') break;
        if (char === "\\") {
          flush();
          literal += escapeSequence();
          from = position + 1;
        }
      }
    }
    flush();
    return literal;
  }

  /** Ends at the escape's last character. */
  function escapeSequence(): string {
    const char = text[++position] ?? "";
    const simple = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" }[char];
    if (simple !== undefined) return simple;
    const length = char === "u" ? 4 : char === "U" ? 8 : fail("an escape is unknown");
    const code = text.slice(position + 1, position + 1 + length);
    const point = Number.parseInt(code, 16);
    if (code.length < length || !/^[0-9a-fA-F]+$/.test(code) || point > 0x10ffff) fail("an escape is no code point");
    position += length;
    return String.fromCodePoint(point);
  }

  function label(): string {
    const read = template({ kind: "quote" });
    if (read.kind !== "literal" || typeof read.value !== "string") return fail("a label must be a plain string");
    return read.value;
  }

  return {
    at: () => position,
    moveTo: (offset) => {
      position = offset;
    },
    fail,
    skip,
    peek,
    take,
    name,
    expression,
    template: () => template({ kind: "file" }),
    templateParts: () => inBrackets(() => templateTokens({ kind: "file" })),
    label,
  };
}
