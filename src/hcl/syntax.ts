// The syntax tree of Terraform's configuration language: one for both of its notations.
// https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md

import type { Json } from "./json.ts";

/** A file of the configuration. */
export interface SourceFile {
  /** Path below the root module's directory, as Terraform prints it. */
  readonly path: string;
  readonly text: string;
}

/** A place in a file: line and column count from 1, columns in UTF-16 units. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `at` is the offset in the file's text where the node starts. */
interface Node {
  readonly at: number;
}

export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

export interface ForExpression extends Node {
  readonly kind: "for";
  readonly keyName?: string;
  readonly valueName: string;
  readonly collection: Expression;
  /** With a key the result is an object. */
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  /** `...`: the values of each key are collected in a tuple. */
  readonly isGrouped: boolean;
}

/** `isEnclosed`: it stands in parentheses, where no reference goes on. */
export type Expression = Node & { readonly isEnclosed?: true } & (
    | { readonly kind: "literal"; readonly value: string | boolean | null }
    /** The digits as they are written: no float holds all numbers of Terraform. */
    | { readonly kind: "number"; readonly text: string }
    | { readonly kind: "template"; readonly parts: readonly Expression[] }
    /** `%{ for }`: the strings of a tuple, joined. */
    | { readonly kind: "join"; readonly items: Expression }
    /** A name on its own: the root of a reference, or a name that `for` declares. */
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "attribute"; readonly source: Expression; readonly name: string }
    | { readonly kind: "index"; readonly source: Expression; readonly key: Expression }
    /** `source[*].each` or `source.*.each`, where "item" stands for the element. */
    | { readonly kind: "splat"; readonly source: Expression; readonly each: Expression }
    | { readonly kind: "item" }
    | {
        readonly kind: "conditional";
        readonly condition: Expression;
        readonly whenTrue: Expression;
        readonly whenFalse: Expression;
      }
    | ForExpression
    | {
        readonly kind: "call";
        readonly name: string;
        readonly arguments: readonly Expression[];
        /** `f(list...)` */
        readonly expandsLast: boolean;
      }
    | { readonly kind: "tuple"; readonly elements: readonly Expression[] }
    | {
        readonly kind: "object";
        readonly items: readonly { readonly key: Expression; readonly value: Expression }[];
      }
    | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly operand: Expression }
    | {
        readonly kind: "binary";
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** What could not be read. */
    | { readonly kind: "invalid" }
  );

export interface Attribute extends Node {
  readonly name: string;
  readonly expression: Expression;
  readonly file: SourceFile;
  /** In JSON syntax: the value as it is written, with its templates unread. */
  readonly written?: () => Json;
}

export interface Block extends Node {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly file: SourceFile;
}

/**
 * The content of a file or a block. JSON does not say what is a block and what an attribute, nor how many labels a
 * block has: the one who asks does.
 */
export interface Body {
  readonly file: SourceFile;
  /** Names of the attributes, in the order of the file; in JSON those of the blocks as well. */
  readonly attributeNames: () => readonly string[];
  readonly attribute: (name: string) => Attribute | undefined;
  /** Blocks of a type in the order of the file. */
  readonly blocks: (type: string, labels: number) => readonly Block[];
  /** Types of all blocks; in JSON the names of the attributes as well. */
  readonly blockTypes: () => readonly string[];
  /** The body of a JSON file, where an attribute may be meant as a block. */
  readonly isJson: boolean;
}

/** What a file holds that is no valid configuration. */
export interface SyntaxProblem {
  readonly at: number;
  readonly message: string;
}

/** Ends the reading of a file; an object, as there are no classes but one. */
export interface SyntaxFailure extends Error {
  readonly problem: SyntaxProblem;
}

/** The error to throw where a file cannot be read. */
export const syntaxFailure = (message: string, at: number): SyntaxFailure =>
  Object.assign(new Error(message), { problem: { at, message } });

/** The problem that a reader has thrown; any other error is thrown on. */
export function problemOf(error: unknown): SyntaxProblem {
  if (error instanceof Error && "problem" in error) return (error as SyntaxFailure).problem;
  throw error;
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

function lineStartsOf(file: SourceFile): readonly number[] {
  const found = lineStarts.get(file);
  if (found) return found;
  const starts = [0];
  for (let next = file.text.indexOf("\n"); next >= 0; next = file.text.indexOf("\n", next + 1)) starts.push(next + 1);
  lineStarts.set(file, starts);
  return starts;
}

/** The line and column of an offset. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = lineStartsOf(file);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file: file.path, line: low + 1, column: offset - (starts[low] as number) + 1 };
}
