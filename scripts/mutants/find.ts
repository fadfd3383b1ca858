// The ways to break a module: one small change of its meaning each, found on its syntax tree.

import { Node, Project, SyntaxKind } from "ts-morph";
import { tlsVersions } from "../../src/facts/endpoint.ts";

export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** The line, then what becomes what in it: no number, so that it stays the same when other lines are added. */
  readonly name: string;
  /** The whole module, changed. */
  readonly text: string;
  readonly change: Change;
}

/** What is put in place of which part of the text. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly becomes: string;
  /** An expression can stand in a condition, so that one text holds many mutants. */
  readonly isExpression: boolean;
}

const project = new Project({ useInMemoryFileSystem: true });

export function mutantsOf(file: string, text: string): Mutant[] {
  const source = project.createSourceFile("module.ts", text, { overwrite: true });
  const lines = text.split("\n");
  return source
    .forEachDescendantAsArray()
    .filter((node) => !isOnlyType(node))
    .flatMap((node) => {
      const [start, end] = [node.getStart(), node.getEnd()];
      const line = source.getLineAndColumnAtPos(start).line;
      const was = text.slice(start, end);
      const changes = rules.flatMap((rule) => rule(node)).filter((becomes) => becomes !== was);
      return [...new Set(changes)].map((becomes) => ({
        file,
        line,
        name: `${lines[line - 1]?.trim()}  |  ${brief([keyOf(node), was].filter(Boolean).join(": "))} → ${brief(becomes)}`,
        text: text.slice(0, start) + becomes + text.slice(end),
        change: { start, end, becomes, isExpression: isExpression(node) && !becomes.startsWith("...") },
      }));
    });
}

const brief = (text: string): string => text.replace(/\s+/g, " ").replace(/^(.{60}).+$/, "$1…");

const isExpression = (node: Node): boolean => Node.isExpression(node) && !Node.isSpreadElement(node) && !isName(node);

const isName = (node: Node): boolean => node.getParentIfKind(SyntaxKind.PropertyAssignment)?.getNameNode() === node;

const isOnlyType = (node: Node): boolean =>
  node.getFirstAncestor((one) => Node.isTypeNode(one) || Node.isInterfaceDeclaration(one)) !== undefined;

/** What to put in place of a node, each on its own. */
type Rule = (node: Node) => readonly string[];

const rules: readonly Rule[] = [
  judgesAlike,
  movesComparison,
  negatesCondition,
  movesNumber,
  movesTlsVersion,
  negatesBoolean,
  takesAnotherRow,
  saysSomethingElse,
  changesDefault,
  losesRemedy,
];

/** A policy that lets everything pass, and one that lets nothing. */
function judgesAlike(node: Node): string[] {
  return argumentOf(node, "judge") === 1 ? ["() => true", '() => "mutant"'] : [];
}

const moved: { readonly [operator: string]: readonly string[] } = {
  "===": ["!=="],
  "!==": ["==="],
  ">=": [">", "<"],
  ">": [">=", "<="],
  "<=": ["<", ">"],
  "<": ["<=", ">="],
};

/** Flipped, or its boundary moved. */
function movesComparison(node: Node): string[] {
  if (!Node.isBinaryExpression(node)) return [];
  const [left, right] = [node.getLeft().getText(), node.getRight().getText()];
  return (moved[node.getOperatorToken().getText()] ?? []).map((operator) => `${left} ${operator} ${right}`);
}

function negatesCondition(node: Node): string[] {
  const parent = node.getParent();
  const decides =
    (Node.isIfStatement(parent) && parent.getExpression() === node) ||
    (Node.isConditionalExpression(parent) && parent.getCondition() === node);
  return decides && movesComparison(node).length === 0 ? [`!(${node.getText()})`] : [];
}

function movesNumber(node: Node): string[] {
  if (!Node.isNumericLiteral(node)) return [];
  const number = node.getLiteralValue();
  // Outside tables 0 and 1 are positions.
  return number > 1 || likeValues(node) ? [`${number - 1}`, `${number + 1}`] : [];
}

function movesTlsVersion(node: Node): string[] {
  const index = tlsVersions.findIndex((version) => node.getText() === JSON.stringify(version));
  const neighbours = index < 0 ? [] : [tlsVersions[index - 1], tlsVersions[index + 1]];
  return neighbours.filter((version) => version !== undefined).map((version) => JSON.stringify(version));
}

function negatesBoolean(node: Node): string[] {
  return Node.isTrueLiteral(node) ? ["false"] : Node.isFalseLiteral(node) ? ["true"] : [];
}

/** A row of a value table says what another one says. */
function takesAnotherRow(node: Node): string[] {
  const values = likeValues(node);
  if (!values || otherRules(node)) return [];
  const others = values.map((value) => value.getText()).filter((text) => text !== node.getText());
  return [others[0] ?? '"mutant"'];
}

const otherRules = (node: Node): boolean =>
  Node.isObjectLiteralExpression(node) ||
  [movesNumber, movesTlsVersion, negatesBoolean].some((rule) => rule(node).length > 0);

/** known("own") → known("mutant") */
function saysSomethingElse(node: Node): string[] {
  return Node.isStringLiteral(node) && argumentOf(node, "known") === 0 ? ['"mutant"'] : [];
}

/** The provider's default becomes unknown, and what has no default gets one. */
function changesDefault(node: Node): string[] {
  const parent = node.getParent();
  if (!Node.isPropertyAssignment(parent) || parent.getName() !== "absent" || parent.getNameNode() === node) return [];
  return [node.getText().startsWith("{ unknown:") ? '"mutant"' : '{ unknown: "mutant" }'];
}

function losesRemedy(node: Node): string[] {
  if (keyOf(node) === "remedy" && !isName(node)) return ["undefined"];
  if (Node.isShorthandPropertyAssignment(node) && node.getName() === "remedy") return ["remedy: undefined"];
  return argumentOf(node, "standAt") === 2 ? ["undefined"] : [];
}

/** Which argument a node is in a call of a function. */
function argumentOf(node: Node, name: string): number {
  const call = node.getParent();
  const isCall = Node.isCallExpression(call) && call.getExpression().getText() === name;
  return isCall ? call.getArguments().indexOf(node) : -1;
}

/** The values like this one in the table that holds it; a table is an object or a list of the top level. */
function likeValues(node: Node): readonly Node[] | undefined {
  const holder = holderOf(node);
  const table = holder && node.getFirstAncestor(isTable);
  if (!table) return undefined;
  return table
    .forEachDescendantAsArray()
    .filter((one) => (holder === table ? holderOf(one) === table : holderOf(one) && keyOf(one) === keyOf(node)));
}

function holderOf(value: Node): Node | undefined {
  const parent = value.getParent();
  if (Node.isArrayLiteralExpression(parent)) return parent;
  return Node.isPropertyAssignment(parent) && parent.getInitializer() === value ? parent.getParent() : undefined;
}

const keyOf = (value: Node): string | undefined => value.getParentIfKind(SyntaxKind.PropertyAssignment)?.getName();

const isTable = (node: Node): boolean =>
  (Node.isObjectLiteralExpression(node) || Node.isArrayLiteralExpression(node)) &&
  node
    .getFirstAncestor(
      (one) => !Node.isAsExpression(one) && !Node.isSatisfiesExpression(one) && !Node.isNewExpression(one),
    )
    ?.asKind(SyntaxKind.VariableDeclaration)
    ?.getVariableStatement()
    ?.getParent() === node.getSourceFile();
