// A type as a reader of a table wants it: without readonly, with `…` for any text, and a list of keys spelled out.

import { Node, SyntaxKind, type TypeNode } from "ts-morph";
import { constraintOf, hiddenAlias } from "./props.ts";

export function typeText(type: Node): string {
  if (Node.isTypeOperatorTypeNode(type)) return operated(type.getOperator(), type.getTypeNode());
  if (Node.isTypeReference(type)) {
    const name = type.getTypeName().getText();
    const args = type.getTypeArguments();
    const behind = args.length === 0 ? (hiddenAlias(type) ?? constraintOf(type)) : undefined;
    if (behind) return typeText(behind);
    if (name === "Readonly" && args[0]) return typeText(args[0]);
    return args.length === 0 ? name : `${name}<${args.map(typeText).join(", ")}>`;
  }
  if (Node.isUnionTypeNode(type)) return type.getTypeNodes().map(typeText).join(" | ");
  if (Node.isIntersectionTypeNode(type)) return type.getTypeNodes().map(typeText).join(" & ");
  if (Node.isParenthesizedTypeNode(type)) return `(${typeText(type.getTypeNode())})`;
  if (Node.isArrayTypeNode(type)) return `${typeText(type.getElementTypeNode())}[]`;
  if (Node.isTupleTypeNode(type)) return `[${type.getElements().map(typeText).join(", ")}]`;
  if (Node.isRestTypeNode(type)) return `...${typeText(type.getTypeNode())}`;
  if (Node.isTypeLiteral(type)) return `{ ${type.getProperties().map(propertyText).join("; ")} }`;
  if (Node.isIndexedAccessTypeNode(type)) return literalsOf(type.getObjectTypeNode()).join(" | ") || type.getText();
  if (Node.isTemplateLiteralTypeNode(type)) return templateText(type.getText());
  return type.getText();
}

const propertyText = (property: Node): string => {
  if (!Node.isPropertySignature(property)) return property.getText();
  return `${property.getName()}${property.hasQuestionToken() ? "?" : ""}: ${typeText(property.getTypeNodeOrThrow())}`;
};

const templateText = (text: string): string => `"${text.slice(1, -1).replace(/\$\{.*?\}/g, "…")}"`;

/** `readonly X` as X; `keyof typeof constant` as the constant's keys. */
function operated(operator: SyntaxKind, type: TypeNode): string {
  if (operator === SyntaxKind.ReadonlyKeyword) return typeText(type);
  return literalsOf(type).join(" | ") || `keyof ${typeText(type)}`;
}

/** The keys of the constant in `typeof constant`, or its elements. */
function literalsOf(type: TypeNode): string[] {
  if (Node.isParenthesizedTypeNode(type)) return literalsOf(type.getTypeNode());
  if (!Node.isTypeQuery(type)) return [];
  const value = type.getSourceFile().getVariableDeclaration(type.getExprName().getText())?.getInitializer();
  const literal = Node.isAsExpression(value) || Node.isSatisfiesExpression(value) ? value.getExpression() : value;
  if (Node.isArrayLiteralExpression(literal)) return literal.getElements().map((one) => one.getText());
  if (!Node.isObjectLiteralExpression(literal)) return [];
  const keys = literal.getProperties().flatMap((one) => (Node.isPropertyAssignment(one) ? one.getName() : []));
  return keys.map((key) => (key.startsWith('"') ? key : `"${key}"`));
}
