// What the constructs say of themselves in their source: what they take and give, and what they leave unsaid.

import {
  type ClassDeclaration,
  type InterfaceDeclaration,
  type JSDoc,
  Node,
  type ParameterDeclaration,
  type PropertySignature,
  type SourceFile,
  SyntaxKind,
  type TypeAliasDeclaration,
  type TypeNode,
  type TypeReferenceNode,
} from "ts-morph";

export type Declaration = ClassDeclaration | InterfaceDeclaration | TypeAliasDeclaration;

/** A member of an options type. Variants of a union that have it are one. */
export interface Prop {
  readonly name: string;
  readonly types: readonly TypeNode[];
  readonly need: "required" | "optional" | "one of";
  readonly says: Says;
  readonly node: Node;
}

/** A static factory, or a function of an object such as `Unsafe`. */
export interface Call {
  readonly name: string;
  readonly parameters: readonly ParameterDeclaration[];
  readonly gives: TypeNode | undefined;
  readonly says: Says;
  readonly node: Node;
}

export interface Output {
  readonly name: string;
  readonly type: TypeNode | undefined;
  readonly says: Says;
  readonly node: Node;
}

/** A doc comment: its text, and its `@default VALUE: reason` and `@example`. */
export interface Says {
  readonly text: string;
  readonly default?: { readonly value: string; readonly reason: string };
  readonly example?: string;
  readonly isInternal: boolean;
}

// --- doc comments

const oneLine = (text: string): string =>
  text
    .replace(/\{@link (\S+?)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();

/** A function in an object has comments, of which ts-morph does not know. */
const docsOf = (node: Node): JSDoc[] =>
  Node.isJSDocable(node) ? node.getJsDocs() : node.getChildrenOfKind(SyntaxKind.JSDoc);

export function saysOf(node: Node): Says {
  const doc = docsOf(node).at(-1);
  const tag = (name: string) =>
    doc
      ?.getTags()
      .find((one) => one.getTagName() === name)
      ?.getCommentText();
  const [, value, reason = ""] = /^(.+?)(?:: (.+))?$/.exec(oneLine(tag("default") ?? "")) ?? [];
  const [, example] = /```\w*\n([\s\S]*?)\n\s*```/.exec(tag("example") ?? "") ?? [];
  return {
    text: oneLine(doc?.getDescription() ?? ""),
    ...(value === undefined ? {} : { default: { value, reason } }),
    ...(example === undefined ? {} : { example }),
    isInternal: doc?.getTags().some((one) => one.getTagName() === "internal") ?? false,
  };
}

const isPublic = (node: Node): boolean =>
  Node.isModifierable(node) && !node.hasModifier("private") && !node.hasModifier("protected");

// --- declarations

const tables = new WeakMap<SourceFile, ReadonlyMap<string, Declaration>>();

function declaredIn(file: SourceFile): ReadonlyMap<string, Declaration> {
  const known = tables.get(file);
  if (known) return known;
  const all = [...file.getInterfaces(), ...file.getTypeAliases(), ...file.getClasses()];
  const table = new Map(all.map((one) => [one.getName() ?? "", one]));
  tables.set(file, table);
  return table;
}

/** Looks a type's name up: in the file that uses it, then among what its neighbours export. */
export function declarationOf(name: string, near: Node): Declaration | undefined {
  const own = near.getSourceFile();
  const found = own
    .getDirectory()
    .getSourceFiles()
    .map((file) => declaredIn(file).get(name));
  return declaredIn(own).get(name) ?? found.find((one) => one?.hasExportKeyword());
}

/** What a name that users cannot have stands for. */
export function hiddenAlias(reference: TypeReferenceNode): TypeNode | undefined {
  const found = declarationOf(reference.getTypeName().getText(), reference);
  return Node.isTypeAliasDeclaration(found) && !found.hasExportKeyword() ? found.getTypeNode() : undefined;
}

/** The modules' own types that a type names, in its order; for a type parameter, those that it allows. */
export const typesNamedIn = (type: Node): Declaration[] =>
  [type, ...type.getDescendants()].filter(Node.isTypeReference).flatMap((reference) => {
    const behind = hiddenAlias(reference) ?? constraintOf(reference);
    if (behind) return typesNamedIn(behind);
    const found = declarationOf(reference.getTypeName().getText(), reference);
    return found ? [found] : [];
  });

/** What a type parameter stands for: the types that it allows. */
export function constraintOf(reference: TypeReferenceNode): TypeNode | undefined {
  const name = reference.getTypeName().getText();
  const parameters = reference
    .getAncestors()
    .flatMap((one) => (Node.isTypeParametered(one) ? one.getTypeParameters() : []));
  return parameters.find((one) => one.getName() === name)?.getConstraint();
}

export const isConstruct = (declaration: ClassDeclaration): boolean => {
  const base = declaration.getExtends()?.getExpression().getText();
  if (base === undefined) return false;
  const known = declarationOf(base, declaration);
  return base === "Construct" || (Node.isClassDeclaration(known) && isConstruct(known));
};

/** Constructs that users can have, in the order of the barrel; without one, all that are exported. */
export function constructsOf(files: readonly SourceFile[]): ClassDeclaration[] {
  const barrel = files.find((file) => file.getBaseName() === "exports.ts");
  const names = barrel?.getExportDeclarations().flatMap((one) => one.getNamedExports().map((each) => each.getName()));
  const all = files.flatMap((file) => file.getClasses()).filter((one) => one.hasExportKeyword() && isConstruct(one));
  const rank = (one: ClassDeclaration) => names?.indexOf(one.getName() ?? "") ?? 0;
  return all.filter((one) => rank(one) >= 0).sort((one, other) => rank(one) - rank(other));
}

export const outputsOf = (declaration: ClassDeclaration): Output[] =>
  declaration
    .getInstanceProperties()
    .filter(Node.isPropertyDeclaration)
    .filter((node) => isPublic(node) && !node.getName().startsWith("#") && !saysOf(node).isInternal)
    .map((node) => ({ name: node.getName(), type: node.getTypeNode(), says: saysOf(node), node }));

export const factoriesOf = (declaration: ClassDeclaration): Call[] =>
  declaration
    .getStaticMethods()
    .filter((node) => isPublic(node) && !saysOf(node).isInternal)
    .map((node) => ({
      name: node.getName(),
      parameters: node.getParameters(),
      gives: node.getReturnTypeNode(),
      says: saysOf(node),
      node,
    }));

/** The functions of an exported object, e.g. of `Unsafe`. */
export function callsOf(name: string, files: readonly SourceFile[]): Call[] {
  const variable = files.flatMap((file) => file.getVariableDeclaration(name) ?? [])[0];
  const object = variable?.getFirstDescendantByKind(SyntaxKind.ObjectLiteralExpression);
  return (object?.getProperties() ?? []).flatMap((node) => {
    const made = Node.isPropertyAssignment(node) ? node.getInitializer() : node;
    if (!Node.isArrowFunction(made) && !Node.isMethodDeclaration(made)) return [];
    const name = Node.hasName(node) ? node.getName() : "";
    const [parameters, gives] = [made.getParameters(), made.getReturnTypeNode()];
    return [{ name, parameters, gives, says: saysOf(node), node }];
  });
}

// --- members of types

/** What an options type consists of; undefined where it is no object, e.g. a choice of texts. Generics are not filled in. */
export function propsOf(type: TypeNode | Declaration): Prop[] | undefined {
  if (Node.isInterfaceDeclaration(type)) {
    const inherited = type.getExtends().map((one) => propsOf(one) ?? []);
    return overriding([...inherited.flat(), ...type.getProperties().map(propOf)]);
  }
  if (Node.isTypeLiteral(type)) return type.getProperties().map(propOf);
  if (Node.isTypeAliasDeclaration(type)) return propsOf(type.getTypeNodeOrThrow());
  if (Node.isParenthesizedTypeNode(type)) return propsOf(type.getTypeNode());
  if (Node.isTypeReference(type) || Node.isExpressionWithTypeArguments(type)) return propsOfReference(type);
  if (Node.isIntersectionTypeNode(type)) return all(type.getTypeNodes(), (parts) => overriding(parts.flat()));
  if (Node.isUnionTypeNode(type)) return all(type.getTypeNodes(), either);
  return undefined;
}

function propsOfReference(type: TypeNode): Prop[] | undefined {
  const { name, args } = referenceOf(type);
  const [of, keys] = args;
  const members = of && propsOf(of);
  const named = ({ name: one }: Prop) => keys?.getText().includes(`"${one}"`);
  if (name === "Readonly") return members;
  if (name === "Partial") return members?.map((prop) => ({ ...prop, need: "optional" }));
  if (name === "Omit") return members?.filter((prop) => !named(prop));
  if (name === "Pick") return members?.filter(named);
  const declaration = declarationOf(name, type);
  return declaration && !Node.isClassDeclaration(declaration) ? propsOf(declaration) : undefined;
}

const referenceOf = (type: TypeNode): { readonly name: string; readonly args: readonly TypeNode[] } =>
  Node.isTypeReference(type)
    ? { name: type.getTypeName().getText(), args: type.getTypeArguments() }
    : Node.isExpressionWithTypeArguments(type)
      ? { name: type.getExpression().getText(), args: type.getTypeArguments() }
      : { name: "", args: [] };

function all(parts: readonly TypeNode[], join: (props: readonly Prop[][]) => Prop[]): Prop[] | undefined {
  const props = parts.map(propsOf);
  return props.every((one) => one !== undefined) ? join(props) : undefined;
}

const propOf = (node: PropertySignature): Prop => {
  const type = node.getTypeNode();
  return {
    name: node.getName(),
    types: type ? pickedBy(type) : [],
    need: node.hasQuestionToken() ? "optional" : "required",
    says: saysOf(node),
    node,
  };
};

/** `Base["prop"]` as the types of that prop. */
function pickedBy(type: TypeNode): readonly TypeNode[] {
  if (!Node.isIndexedAccessTypeNode(type)) return [type];
  const name = type.getIndexTypeNode().getText().slice(1, -1);
  return propsOf(type.getObjectTypeNode())?.find((prop) => prop.name === name)?.types ?? [type];
}

const overriding = (props: readonly Prop[]): Prop[] => [...new Map(props.map((prop) => [prop.name, prop])).values()];

/** Members of a union: one that a variant forbids is not asked for there; one that is missing there is a way among others. */
function either(variants: readonly Prop[][]): Prop[] {
  const names = new Set(variants.flatMap((variant) => variant.map(({ name }) => name)));
  return [...names].flatMap((name) => {
    const found = variants.map((variant) => variant.find((prop) => prop.name === name));
    const allowed = found.flatMap((prop) => (prop && prop.types[0]?.getText() !== "never" ? [prop] : []));
    const [best] = [...allowed].sort((one, other) => Number(other.says.text !== "") - Number(one.says.text !== ""));
    if (!best) return [];
    const texts = new Map(allowed.flatMap(({ types }) => types).map((type) => [type.getText(), type]));
    const need = allowed.some((prop) => prop.need === "optional")
      ? "optional"
      : found.includes(undefined)
        ? "one of"
        : "required";
    return [{ ...best, types: [...texts.values()], need }];
  });
}

// --- all that is public

export interface Interface {
  readonly constructs: readonly ClassDeclaration[];
  /** Types that the constructs take and give, in the order in which a reader meets them. */
  readonly types: readonly Declaration[];
  readonly doors: readonly Call[];
}

/** The type of its constructor's third parameter. */
const optionsTypeOf = (construct: ClassDeclaration): TypeNode | undefined =>
  construct.getConstructors()[0]?.getParameters()[2]?.getTypeNode();

export function inputsOf(construct: ClassDeclaration): Prop[] {
  const type = optionsTypeOf(construct);
  return (type && propsOf(type)) ?? [];
}

export function publicInterface(files: readonly SourceFile[]): Interface {
  const constructs = constructsOf(files);
  const doors = callsOf("Unsafe", files);
  const seen = new Set<Declaration>(constructs);
  const types: Declaration[] = [];
  const visit = (nodes: readonly (Node | undefined)[]) => {
    for (const declaration of nodes.flatMap((node) => (node ? typesNamedIn(node) : []))) {
      if (seen.has(declaration)) continue;
      seen.add(declaration);
      types.push(declaration);
      visit(partsOf(declaration));
    }
  };
  for (const construct of constructs) visit(partsOf(construct));
  for (const { parameters, gives } of doors) visit([...parameters.map((one) => one.getTypeNode()), gives]);
  return { constructs, types, doors };
}

/** The types that stand in what a reader sees of a declaration. */
function partsOf(declaration: Declaration): (Node | undefined)[] {
  if (!Node.isClassDeclaration(declaration)) {
    const props = propsOf(declaration);
    if (props) return props.flatMap(({ types }) => types);
    return Node.isTypeAliasDeclaration(declaration) ? [declaration.getTypeNode()] : [];
  }
  const calls = factoriesOf(declaration).flatMap(({ parameters }) => parameters.map((one) => one.getTypeNode()));
  const outputs = isConstruct(declaration) ? outputsOf(declaration).map(({ type }) => type) : [];
  return [...inputsOf(declaration).flatMap(({ types }) => types), ...calls, ...outputs];
}

// --- what is left unsaid

/** Whether something that has a default stands in a type without a name. */
const hidesOptions = (type: TypeNode): boolean =>
  type.getDescendantsOfKind(SyntaxKind.PropertySignature).some((one) => one.hasQuestionToken());

/** Where a word is missing that a user of the constructs needs: "place: what". */
export function unsaidIn(files: readonly SourceFile[], placeOf: (node: Node) => string): string[] {
  const { constructs, types, doors } = publicInterface(files);
  const missing = (node: Node, says: Says, name: string) =>
    says.text === "" ? [`${placeOf(node)}: ${name} has no doc comment`] : [];
  const ofProp = (prop: Prop) => [
    ...missing(prop.node, prop.says, prop.name),
    ...(prop.need === "optional" && !prop.says.default
      ? [`${placeOf(prop.node)}: ${prop.name} is optional and has no @default`]
      : []),
    ...(prop.says.default?.reason === ""
      ? [`${placeOf(prop.node)}: the @default of ${prop.name} has no reason ("@default VALUE: reason")`]
      : []),
    ...(prop.types.some(hidesOptions)
      ? [
          `${placeOf(prop.node)}: the type of ${prop.name} has optional members: make it an interface, which tells of them`,
        ]
      : []),
  ];
  const unread = (one: ClassDeclaration) => {
    const type = optionsTypeOf(one);
    return type && !propsOf(type)
      ? [`${placeOf(type)}: ${type.getText()} is no type of which the members can be told`]
      : [];
  };
  const all = [
    ...constructs.flatMap((one) => [
      ...missing(one, saysOf(one), one.getName() ?? ""),
      ...(saysOf(one).example ? [] : [`${placeOf(one)}: ${one.getName()} has no @example with a block of code`]),
      ...unread(one),
      ...inputsOf(one).flatMap(ofProp),
      ...outputsOf(one).flatMap(({ node, says, name }) => missing(node, says, name)),
    ]),
    ...types.flatMap((one) => [
      ...missing(one, saysOf(one), one.getName() ?? ""),
      ...(Node.isClassDeclaration(one) ? [] : (propsOf(one) ?? []).flatMap(ofProp)),
    ]),
    ...[...constructs, ...types.filter(Node.isClassDeclaration)]
      .flatMap(factoriesOf)
      .concat(doors)
      .flatMap(({ node, says, name }) => missing(node, says, name)),
  ];
  return [...new Set(all)];
}
