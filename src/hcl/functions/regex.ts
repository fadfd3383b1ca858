// Regular expressions as Terraform has them: the syntax of RE2, matched in linear time whatever the pattern is.
// https://github.com/google/re2/wiki/Syntax

/** Tests one code point. */
type Test = (char: string) => boolean;

type Instruction =
  | { readonly op: "char"; readonly test: Test }
  | { readonly op: "split"; readonly first: number; readonly second: number }
  | { readonly op: "jump"; readonly to: number }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "assert"; readonly holds: (chars: readonly string[], at: number) => boolean }
  | { readonly op: "match" };

type Node =
  | { readonly kind: "char"; readonly test: Test }
  | { readonly kind: "assert"; readonly holds: (chars: readonly string[], at: number) => boolean }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "choice"; readonly nodes: readonly Node[] }
  | { readonly kind: "group"; readonly node: Node; readonly index: number }
  | {
      readonly kind: "repeat";
      readonly node: Node;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    };

interface Flags {
  readonly ignoresCase: boolean;
  readonly multiline: boolean;
  readonly dotMatchesAll: boolean;
  readonly ungreedy: boolean;
}

export interface Regex {
  /** Names of the groups in order; undefined for one without a name. */
  readonly groups: readonly (string | undefined)[];
  /** The first match from an offset on: start and end of the whole and of each group; -1 where it took no part. */
  readonly match: (chars: readonly string[], from: number) => readonly number[] | undefined;
}

/** Steps that all matches of a pattern in a text may take. */
const maxSteps = 2_000_000;
const maxInstructions = 20_000;
const maxRepeat = 1000;
const maxDepth = 200;

/** Thrown where a pattern is none, or takes too long. */
export type RegexProblem = "invalid" | "limit";

export const regexProblem = (problem: RegexProblem): Error => Object.assign(new Error(problem), { problem });

const isDigit: Test = (char) => char >= "0" && char <= "9";
const isWord: Test = (char) => /^[0-9A-Za-z_]$/.test(char);
const isSpace: Test = (char) => "\t\n\f\r ".includes(char);
const not =
  (test: Test): Test =>
  (char) =>
    !test(char);

const posixClasses: { readonly [name: string]: Test } = {
  alnum: (char) => /^[0-9A-Za-z]$/.test(char),
  alpha: (char) => /^[A-Za-z]$/.test(char),
  ascii: (char) => char <= "\x7f",
  blank: (char) => char === " " || char === "\t",
  cntrl: (char) => char < " " || char === "\x7f",
  digit: isDigit,
  graph: (char) => char > " " && char < "\x7f",
  lower: (char) => char >= "a" && char <= "z",
  print: (char) => char >= " " && char < "\x7f",
  punct: (char) => /^[!-/:-@[-`{-~]$/.test(char),
  space: (char) => "\t\n\v\f\r ".includes(char),
  upper: (char) => char >= "A" && char <= "Z",
  word: isWord,
  xdigit: (char) => /^[0-9A-Fa-f]$/.test(char),
};

const escapedClasses: { readonly [letter: string]: Test } = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};

const controls: { readonly [letter: string]: string } = { a: "\x07", f: "\f", t: "\t", n: "\n", r: "\r", v: "\v" };

export function compileRegex(pattern: string): Regex {
  const chars = [...pattern];
  const groups: (string | undefined)[] = [];
  let position = 0;
  let depth = 0;

  const invalid = (): never => {
    throw regexProblem("invalid");
  };
  const peek = () => chars[position];
  const take = (text: string): boolean => {
    if (chars.slice(position, position + text.length).join("") !== text) return false;
    position += text.length;
    return true;
  };

  function folded(test: Test, { ignoresCase }: Flags): Test {
    return ignoresCase ? (char) => test(char) || test(char.toLowerCase()) || test(char.toUpperCase()) : test;
  }

  function choice(outer: Flags): Node {
    if (++depth > maxDepth) throw regexProblem("limit");
    let flags = outer;
    const branches: Node[][] = [[]];
    while (position < chars.length && peek() !== ")") {
      if (take("|")) {
        branches.push([]);
        continue;
      }
      const inline = inlineFlags(flags);
      if (inline) {
        flags = inline;
        continue;
      }
      branches.at(-1)?.push(repeated(atom(flags), flags));
    }
    depth--;
    const nodes = branches.map((branch): Node => ({ kind: "sequence", nodes: branch }));
    return nodes.length === 1 ? (nodes[0] as Node) : { kind: "choice", nodes };
  }

  /** `(?i)`: flags for the rest of the group. */
  function inlineFlags(flags: Flags): Flags | undefined {
    const text = chars.slice(position, position + 12).join("");
    const match = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(text);
    if (!match || match[0] === "(?)") return undefined;
    position += match[0].length;
    return withFlags(flags, match[1] ?? "", match[2] ?? "");
  }

  function withFlags(flags: Flags, on: string, off: string): Flags {
    const value = (letter: string, before: boolean) =>
      off.includes(letter) ? false : on.includes(letter) ? true : before;
    return {
      ignoresCase: value("i", flags.ignoresCase),
      multiline: value("m", flags.multiline),
      dotMatchesAll: value("s", flags.dotMatchesAll),
      ungreedy: value("U", flags.ungreedy),
    };
  }

  function atom(flags: Flags): Node {
    const char = chars[position++];
    switch (char) {
      case "(":
        return group(flags);
      case "[":
        return { kind: "char", test: folded(characterClass(), flags) };
      case ".":
        return { kind: "char", test: flags.dotMatchesAll ? () => true : (one) => one !== "\n" };
      case "^":
        return {
          kind: "assert",
          holds: (text, at) => at === 0 || (flags.multiline && text[at - 1] === "\n"),
        };
      case "$":
        return {
          kind: "assert",
          holds: (text, at) => at === text.length || (flags.multiline && text[at] === "\n"),
        };
      case "*":
      case "+":
      case "?":
        return invalid();
      case "\\":
        return escapeSequence(flags);
      default: {
        const literal = char ?? invalid();
        return { kind: "char", test: folded((one) => one === literal, flags) };
      }
    }
  }

  function group(flags: Flags): Node {
    let inner = flags;
    let index = -1;
    if (take("?P<") || take("?<")) {
      const end = chars.indexOf(">", position);
      const name = chars.slice(position, end).join("");
      if (end < 0 || !/^\w+$/.test(name)) invalid();
      position = end + 1;
      index = groups.push(name);
    } else if (take("?")) {
      const text = chars.slice(position, position + 12).join("");
      const match = /^([imsU]*)(?:-([imsU]+))?:/.exec(text) ?? invalid();
      position += match[0].length;
      inner = withFlags(flags, match[1] ?? "", match[2] ?? "");
    } else index = groups.push(undefined);
    const node = choice(inner);
    if (!take(")")) invalid();
    return index < 0 ? node : { kind: "group", node, index };
  }

  function escapeSequence(flags: Flags): Node {
    const char = chars[position++] ?? invalid();
    const test = escapedClasses[char];
    if (test) return { kind: "char", test };
    const boundary = (text: readonly string[], at: number) =>
      (at > 0 && isWord(text[at - 1] as string)) !== (at < text.length && isWord(text[at] as string));
    switch (char) {
      case "A":
        return { kind: "assert", holds: (_, at) => at === 0 };
      case "z":
        return { kind: "assert", holds: (text, at) => at === text.length };
      case "b":
        return { kind: "assert", holds: boundary };
      case "B":
        return { kind: "assert", holds: (text, at) => !boundary(text, at) };
      case "Q": {
        const rest = chars.slice(position).join("");
        const end = rest.indexOf("\\E");
        const literal = [...(end < 0 ? rest : rest.slice(0, end))];
        position += literal.length + (end < 0 ? 0 : 2);
        return {
          kind: "sequence",
          nodes: literal.map((one): Node => ({ kind: "char", test: folded((other) => one === other, flags) })),
        };
      }
      case "p":
      case "P":
        return { kind: "char", test: unicodeClass(char === "P") };
      default: {
        const literal = escapedCharacter(char);
        return { kind: "char", test: folded((one) => one === literal, flags) };
      }
    }
  }

  function escapedCharacter(char: string): string {
    if (controls[char] !== undefined) return controls[char];
    if (char === "x") {
      const text = chars.slice(position, position + 12).join("");
      const match = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(text) ?? invalid();
      position += match[0].length;
      const point = Number.parseInt(match[1] ?? match[2] ?? "", 16);
      return point > 0x10ffff ? invalid() : String.fromCodePoint(point);
    }
    return /^[!-/:-@[-`{-~]$/.test(char) ? char : invalid();
  }

  function unicodeClass(isNegated: boolean): Test {
    const text = chars.slice(position, position + 40).join("");
    const match = /^(?:\{(\^?)(\w+)\}|(\w))/.exec(text) ?? invalid();
    position += match[0].length;
    const name = match[2] ?? match[3] ?? "";
    let test: RegExp;
    try {
      test = /^[A-Z][a-z]?$/.test(name) ? new RegExp(`^\\p{${name}}$`, "u") : new RegExp(`^\\p{Script=${name}}$`, "u");
    } catch {
      return invalid();
    }
    const negated = isNegated !== (match[1] === "^");
    return (char) => test.test(char) !== negated;
  }

  function characterClass(): Test {
    const isNegated = take("^");
    const tests: Test[] = [];
    let isFirst = true;
    for (;;) {
      const char = chars[position] ?? invalid();
      if (char === "]" && !isFirst) {
        position++;
        break;
      }
      isFirst = false;
      const posix = /^\[:(\^?)(\w+):\]/.exec(chars.slice(position, position + 14).join(""));
      if (posix) {
        const test = posixClasses[posix[2] ?? ""] ?? invalid();
        tests.push(posix[1] === "^" ? not(test) : test);
        position += posix[0].length;
        continue;
      }
      const low = classMember();
      if (typeof low !== "string") {
        tests.push(low);
        continue;
      }
      if (peek() === "-" && chars[position + 1] !== "]" && chars[position + 1] !== undefined) {
        position++;
        const high = classMember();
        if (typeof high !== "string") return invalid();
        const [from, to] = [low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0];
        if (to < from) invalid();
        tests.push((one) => {
          const point = one.codePointAt(0) ?? -1;
          return point >= from && point <= to;
        });
      } else tests.push((one) => one === low);
    }
    return (char) => tests.some((test) => test(char)) !== isNegated;
  }

  function classMember(): string | Test {
    const char = chars[position++] ?? invalid();
    if (char !== "\\") return char;
    const escaped = chars[position++] ?? invalid();
    const test = escapedClasses[escaped];
    if (test) return test;
    if (escaped === "p" || escaped === "P") return unicodeClass(escaped === "P");
    return escapedCharacter(escaped);
  }

  function repeated(node: Node, flags: Flags): Node {
    let result = node;
    let isRepeated = false;
    for (;;) {
      const bounds = quantifier();
      if (!bounds) return result;
      // RE2 refuses `a**`.
      if (isRepeated) invalid();
      isRepeated = true;
      const lazy = take("?") !== flags.ungreedy;
      result = { kind: "repeat", node: result, min: bounds[0], max: bounds[1], lazy };
    }
  }

  function quantifier(): readonly [number, number] | undefined {
    if (take("*")) return [0, Number.POSITIVE_INFINITY];
    if (take("+")) return [1, Number.POSITIVE_INFINITY];
    if (take("?")) return [0, 1];
    const match = /^\{([0-9]+)(,([0-9]*))?\}/.exec(chars.slice(position, position + 14).join(""));
    if (!match) return undefined;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === "" ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (min > maxRepeat || (Number.isFinite(max) && (max > maxRepeat || max < min))) invalid();
    position += match[0].length;
    return [min, max];
  }

  const tree = choice({ ignoresCase: false, multiline: false, dotMatchesAll: false, ungreedy: false });
  if (position < chars.length) invalid();
  const program = instructionsOf(tree);
  const slots = 2 * (groups.length + 1);
  // All matches of one pattern share their steps.
  const budget = { steps: maxSteps };
  return { groups, match: (text, from) => run(program, slots, text, from, budget) };
}

function instructionsOf(tree: Node): readonly Instruction[] {
  const program: Instruction[] = [];
  const add = (instruction: Instruction): number => {
    if (program.length >= maxInstructions) throw regexProblem("limit");
    return program.push(instruction) - 1;
  };
  const split = (at: number, lazy: boolean, into: number, out: number) => {
    program[at] = { op: "split", first: lazy ? out : into, second: lazy ? into : out };
  };

  function emit(node: Node): void {
    switch (node.kind) {
      case "char":
        add({ op: "char", test: node.test });
        return;
      case "assert":
        add({ op: "assert", holds: node.holds });
        return;
      case "sequence":
        node.nodes.forEach(emit);
        return;
      case "group":
        add({ op: "save", slot: node.index * 2 });
        emit(node.node);
        add({ op: "save", slot: node.index * 2 + 1 });
        return;
      case "choice": {
        const jumps: number[] = [];
        const last = node.nodes.length - 1;
        for (const branch of node.nodes.slice(0, last)) {
          const at = add({ op: "jump", to: 0 });
          emit(branch);
          jumps.push(add({ op: "jump", to: 0 }));
          split(at, false, at + 1, program.length);
        }
        emit(node.nodes[last] as Node);
        for (const at of jumps) program[at] = { op: "jump", to: program.length };
        return;
      }
      case "repeat": {
        for (let index = 0; index < node.min; index++) emit(node.node);
        if (node.max === Number.POSITIVE_INFINITY) {
          const at = add({ op: "jump", to: 0 });
          emit(node.node);
          add({ op: "jump", to: at });
          split(at, node.lazy, at + 1, program.length);
          return;
        }
        const starts: number[] = [];
        for (let index = node.min; index < node.max; index++) {
          starts.push(add({ op: "jump", to: 0 }));
          emit(node.node);
        }
        for (const at of starts) split(at, node.lazy, at + 1, program.length);
      }
    }
  }

  emit(tree);
  add({ op: "match" });
  return program;
}

/** Backtracks, but never comes twice to the same instruction at the same place: that failed before. */
function run(
  program: readonly Instruction[],
  slots: number,
  text: readonly string[],
  from: number,
  budget: { steps: number },
): readonly number[] | undefined {
  const visited = new Set<number>();
  for (let start = from; start <= text.length; start++) {
    const stack: { pc: number; at: number; saved: readonly number[] }[] = [
      { pc: 0, at: start, saved: new Array<number>(slots).fill(-1) },
    ];
    for (let thread = stack.pop(); thread; thread = stack.pop()) {
      let { pc, at, saved } = thread;
      for (;;) {
        const state = at * program.length + pc;
        if (visited.has(state)) break;
        visited.add(state);
        if (budget.steps-- <= 0) throw regexProblem("limit");
        const instruction = program[pc] as Instruction;
        if (instruction.op === "match") {
          const result = [...saved];
          [result[0], result[1]] = [start, at];
          return result;
        }
        if (instruction.op === "char") {
          const char = text[at];
          if (char === undefined || !instruction.test(char)) break;
          at++;
          pc++;
        } else if (instruction.op === "jump") pc = instruction.to;
        else if (instruction.op === "split") {
          stack.push({ pc: instruction.second, at, saved });
          pc = instruction.first;
        } else if (instruction.op === "save") {
          saved = saved.with(instruction.slot, at);
          pc++;
        } else if (instruction.holds(text, at)) pc++;
        else break;
      }
    }
  }
  return undefined;
}

/** All matches that do not overlap; an empty one right after another does not count. */
export function matchesOf(regex: Regex, chars: readonly string[]): (readonly number[])[] {
  const found: (readonly number[])[] = [];
  let from = 0;
  let lastEnd = -1;
  while (from <= chars.length) {
    const match = regex.match(chars, from);
    if (!match) break;
    const [start = 0, end = 0] = match;
    if (start === end && start === lastEnd) {
      from = end + 1;
      continue;
    }
    found.push(match);
    lastEnd = end;
    from = end > start ? end : end + 1;
  }
  return found;
}
