// The rules of the house, each as a function of the code: what breaks it, and why it is a rule.

import { posix } from "node:path";
import { type Expression, Node, type Project, type SourceFile, SyntaxKind } from "ts-morph";
import { unsaidIn } from "../../scripts/generate/props.ts";

export interface Rule {
  readonly name: string;
  readonly why: string;
  /** Where it is broken, by paths below the root. */
  readonly broken: (code: Code) => readonly string[];
}

export interface Code {
  readonly project: Project;
  /** The directory that src/ stands in. */
  readonly root: string;
}

interface File {
  readonly path: string;
  readonly source: SourceFile;
}

const filesOf = ({ project, root }: Code): File[] =>
  project.getSourceFiles().map((source) => ({ path: posix.relative(root, source.getFilePath()), source }));

const isIn =
  (...folders: readonly string[]) =>
  ({ path }: File): boolean =>
    folders.some((folder) => path.startsWith(folder));

const placeOf = (node: Node, { path }: File): string => `${path}:${node.getStartLineNumber()}`;

// --- who may import whom

interface Layer {
  readonly name: string;
  /** A folder, or one file. */
  readonly path: string;
  readonly imports: readonly string[];
  /** Layers of which it may import types alone. */
  readonly types?: readonly string[];
}

/** The data flow, from a plan to a report; what is not named here stands at its end and may import everything. */
const layers: readonly Layer[] = [
  { name: "hcl", path: "src/hcl/", imports: [] },
  { name: "plan", path: "src/plan/", imports: ["hcl"] },
  { name: "facts", path: "src/facts/", imports: ["plan"] },
  { name: "providers", path: "src/providers/", imports: ["facts", "plan"] },
  { name: "policy.ts", path: "src/policy.ts", imports: ["facts"] },
  { name: "policies", path: "policies/", imports: ["policy.ts", "facts"] },
  { name: "findings", path: "src/findings/", imports: ["policy.ts", "facts", "plan"] },
  { name: "report", path: "src/report/", imports: [], types: ["findings", "policy.ts", "facts"] },
  { name: "source", path: "src/source/", imports: ["plan", "findings"] },
  { name: "modules", path: "modules/", imports: [] },
];

const anyoneMayImport = [
  "src/load.ts",
  "src/whole-file.ts",
  "src/version.ts",
  "src/input-error.ts",
  "src/nearest.ts",
  "src/text.ts",
  "src/cause.ts",
];

const layerOf = (path: string): Layer | undefined => layers.find((layer) => path.startsWith(layer.path));

function strayImports(code: Code): string[] {
  return filesOf(code).flatMap((file) => {
    const layer = layerOf(file.path);
    if (!layer) return [];
    return importsOf(file).flatMap(({ specifier, isType, node }) => {
      if (!specifier.startsWith(".")) return [];
      const target = posix.join(posix.dirname(file.path), specifier);
      const to = layerOf(target);
      if (to === layer || (anyoneMayImport.includes(target) && layer.name !== "modules")) return [];
      if (to && (layer.imports.includes(to.name) || (isType && layer.types?.includes(to.name)))) return [];
      const what = to ? `${isType ? "types of " : ""}${to.name}` : target;
      return [`${placeOf(node, file)}: ${layer.name} imports ${what}`];
    });
  });
}

interface Import {
  readonly specifier: string;
  readonly isType: boolean;
  readonly node: Node;
}

/** Imports and exports of other modules, and those that are loaded later: import(), require(), load(). */
function importsOf({ source }: File): Import[] {
  const declared = source.getImportDeclarations().map((node) => {
    const named = node.getNamedImports();
    const isType =
      node.isTypeOnly() || (named.length > 0 && !node.getDefaultImport() && named.every((one) => one.isTypeOnly()));
    return { specifier: node.getModuleSpecifierValue(), isType, node };
  });
  const exported = source.getExportDeclarations().flatMap((node) => {
    const specifier = node.getModuleSpecifierValue();
    return specifier === undefined ? [] : [{ specifier, isType: node.isTypeOnly(), node }];
  });
  const loaded = source.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((node) => {
    const [argument] = node.getArguments();
    const isLoad = ["import", "require", "load"].includes(node.getExpression().getText());
    return isLoad && Node.isStringLiteral(argument)
      ? [{ specifier: argument.getLiteralValue(), isType: false, node }]
      : [];
  });
  return [...declared, ...exported, ...loaded];
}

// --- names of what is global or outside

const outside = /^(node:)?(fs|fs\/promises|child_process|net|http|https|http2|tls|dgram|dns|worker_threads)$/;

/** The global of that name, as a value: no property and no key. */
function usesOf(name: string, { source }: File): Node[] {
  return source.getDescendantsOfKind(SyntaxKind.Identifier).filter((node) => {
    if (node.getText() !== name) return false;
    const parent = node.getParent();
    if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node) {
      return parent.getExpression().getText() === "globalThis";
    }
    return !(Node.isPropertyAssignment(parent) && parent.getNameNode() === node) && !Node.isPropertySignature(parent);
  });
}

// --- policies

const isPolicy = ({ path }: File): boolean =>
  /^policies\/[^/]+\.ts$/.test(path) && !["policies/registry.ts", "policies/profiles.ts"].includes(path);

const idOf = ({ path }: File): string => posix.basename(path, ".ts");

/** The object that is handed to definePolicy. */
function definitionOf({ source }: File): Expression | undefined {
  const call = source
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .find((one) => one.getExpression().getText() === "definePolicy");
  const [definition] = call?.getArguments() ?? [];
  return Node.isObjectLiteralExpression(definition) ? definition : undefined;
}

const metadata = ["id", "requires", "why", "fix", "references", "controls"];

const isMetadata = (node: Node): boolean =>
  node.getAncestors().some((one) => Node.isPropertyAssignment(one) && metadata.includes(one.getName()));

const maxPolicyLines = 45;

/** Lines that hold code: neither empty nor only a comment. */
const codeLines = ({ source }: File): number =>
  source
    .getFullText()
    .split("\n")
    .filter((line) => !/^\s*(\/\/.*|\/?\*.*)?$/.test(line)).length;

// --- the rules

export const rules: readonly Rule[] = [
  {
    name: "each layer imports only what comes before it",
    why: "The folders are the data flow: a plan becomes facts, facts become findings, findings a report. An import against the stream makes `ls` lie, and a stage that imports a registry cannot run with another list.",
    broken: strayImports,
  },
  {
    name: "modules import CDKTF and its providers only",
    why: "They are used without the gate, and must not bring it along.",
    broken: (code) =>
      filesOf(code)
        .filter(isIn("modules/"))
        .flatMap((file) =>
          importsOf(file)
            .filter(
              ({ specifier }) => !/^(\.|cdktf|cdktn|constructs|node:crypto|node:fs|@cdktf\/|@cdktn\/)/.test(specifier),
            )
            .map(({ specifier, node }) => `${placeOf(node, file)}: ${specifier}`),
        ),
  },
  {
    name: "no import of the root of a provider's package",
    why: "It loads the bindings of every service, which costs seconds; each resource has a folder of its own under lib/.",
    broken: (code) =>
      filesOf(code)
        .filter(isIn("modules/", "examples/", "test/"))
        .flatMap((file) =>
          importsOf(file)
            .filter(({ specifier }) => /^@cdkt[fn]\/provider-[^/]+(\/lib)?(\/index(\.js)?)?$/.test(specifier))
            .map(({ specifier, node }) => `${placeOf(node, file)}: ${specifier}`),
        ),
  },
  {
    name: "a construct documents all that it takes and gives, and of an optional prop its default with the reason",
    why: "Editors show it where the construct is used, and modules/README.md is made of it.",
    broken: (code) => {
      const modules = filesOf(code).filter(isIn("modules/"));
      const pathOf = (node: Node) => posix.relative(code.root, node.getSourceFile().getFilePath());
      return unsaidIn(
        modules.map(({ source }) => source),
        (node) => `${pathOf(node)}:${node.getStartLineNumber()}`,
      );
    },
  },
  {
    name: "line 1 says in a comment what the file is for",
    why: "A reader who opens a file wants to know whether it is the right one.",
    broken: (code) =>
      filesOf(code)
        .filter(({ source }) => !/^(#!.*\n)?(\/\/|\/\*\*?) \S+ \S+/.test(source.getFullText()))
        .map(({ path }) => path),
  },
  {
    name: "no file is called utils or index",
    why: "Such a name says nothing of its content, so anything gets into it.",
    broken: (code) =>
      filesOf(code)
        .map(({ path }) => path)
        .filter((path) => /(^|\/)(utils?|index|helpers?|common|misc)\.[jt]sx?$/i.test(path)),
  },
  {
    name: "no barrel but src/api.ts and modules/exports.ts",
    why: "A barrel hides where a thing stands, and loads all of it for one.",
    broken: (code) =>
      filesOf(code)
        .filter(isIn("src/", "policies/", "modules/"))
        .filter(({ path }) => path !== "src/api.ts" && path !== "modules/exports.ts")
        .flatMap((file) =>
          file.source
            .getExportDeclarations()
            .filter((node) => node.hasModuleSpecifier())
            .map((node) => placeOf(node, file)),
        ),
  },
  {
    name: "no class but InputError, outside of modules/",
    why: "Data and functions show the flow. InputError must be a class to be told from a bug; a CDKTF construct is one.",
    broken: (code) =>
      filesOf(code)
        .filter((file) => !isIn("modules/", "test/")(file))
        .flatMap((file) =>
          [
            ...file.source.getDescendantsOfKind(SyntaxKind.ClassDeclaration),
            ...file.source.getDescendantsOfKind(SyntaxKind.ClassExpression),
          ]
            .filter((node) => file.path !== "src/input-error.ts" || node.getName() !== "InputError")
            .map((node) => placeOf(node, file)),
        ),
  },
  {
    name: "the outside world is met where it is read",
    why: "Everything else is a function of its arguments: it can be tested without files, and runs in a browser.",
    broken: (code) =>
      filesOf(code)
        .filter(isIn("src/", "policies/"))
        .filter(
          (file) =>
            !isIn(
              "src/start.ts",
              "src/command/",
              "src/plan/read.ts",
              "src/whole-file.ts",
              "src/hcl/read.ts",
              "src/config/",
              "src/gate/",
              "src/source/",
              "src/registry/",
              "src/eject/eject.ts",
            )(file),
        )
        .flatMap((file) =>
          importsOf(file)
            .filter(({ specifier }) => outside.test(specifier))
            .map(({ specifier, node }) => `${placeOf(node, file)}: ${specifier}`),
        ),
  },
  {
    name: "only the command and the gate touch process",
    why: "The library runs inside of other programs: their arguments, environment and exit code are not its own.",
    broken: (code) =>
      filesOf(code)
        .filter(isIn("src/", "policies/", "modules/"))
        .filter((file) => !isIn("src/cli.ts", "src/command/", "src/gate/")(file))
        .flatMap((file) => usesOf("process", file).map((node) => placeOf(node, file))),
  },
  {
    name: "what is printed or written passes one place",
    why: "Text from a plan can hold a command of a build server: what writes it neutralises commands, and nobody can forget to.",
    broken: (code) => {
      // Compiled code and packages are bytes, and no text. A configuration is the user's own, and no output.
      const writers = [
        "src/command/terminal.ts",
        "src/command/output-file.ts",
        "src/command/code-cache.ts",
        "src/eject/eject.ts",
      ];
      const ofRegistry = ["admission.ts", "build.ts", "directory-store.ts"].map((name) => `src/registry/${name}`);
      const names = ["writeSync", "writeFileSync", "appendFileSync", "createWriteStream", "console"];
      return filesOf(code)
        .filter(isIn("src/", "policies/"))
        .filter(({ path }) => ![...writers, ...ofRegistry].includes(path))
        .flatMap((file) =>
          [
            ...names.flatMap((name) => usesOf(name, file)).filter((node) => !Node.isImportSpecifier(node.getParent())),
            ...file.source
              .getDescendantsOfKind(SyntaxKind.CallExpression)
              .filter((call) => /\b(stdout|stderr|output|stream)\.write$/.test(call.getExpression().getText())),
          ].map((node) => placeOf(node, file)),
        );
    },
  },
  {
    name: "a policy's id is the name of its file, its test and its plan",
    why: "Whoever sees an id in a report finds all of it by that name.",
    broken: (code) => {
      const paths = new Set(filesOf(code).map(({ path }) => path));
      const policies = filesOf(code).filter(isPolicy);
      const ids = new Set(policies.map(idOf));
      const orphans = [...paths].filter((path) => {
        const [, id] = /^test\/policies\/(.+)\.test\.ts$/.exec(path) ?? [];
        return id !== undefined && id !== "profiles" && !ids.has(id);
      });
      return [
        ...policies.flatMap((file) => {
          const id = idOf(file);
          const definition = definitionOf(file);
          const written = Node.isObjectLiteralExpression(definition)
            ? definition.getProperty("id")?.getText()
            : undefined;
          return [
            ...(written === `id: "${id}"` ? [] : [`${file.path}: ${written ?? "calls no definePolicy"}`]),
            ...(paths.has(`test/policies/${id}.test.ts`) ? [] : [`${file.path}: no test/policies/${id}.test.ts`]),
            ...(code.project.getFileSystem().fileExistsSync(posix.join(code.root, `test/plans/${id}/plan.json`))
              ? []
              : [`${file.path}: no test/plans/${id}/plan.json`]),
          ];
        }),
        ...orphans.map((path) => `${path}: no policy`),
      ];
    },
  },
  {
    name: `a policy has at most ${maxPolicyLines} lines of code`,
    why: "It is read in one look; what needs more belongs to the facts.",
    broken: (code) =>
      filesOf(code)
        .filter(isPolicy)
        .filter((file) => codeLines(file) > maxPolicyLines)
        .map((file) => `${file.path}: ${codeLines(file)} lines`),
  },
  {
    name: "a policy names no attribute of a cloud",
    why: "Adapters know clouds, policies know endpoints: one that names an attribute holds for one cloud only.",
    broken: (code) =>
      filesOf(code)
        .filter(isPolicy)
        .flatMap((file) =>
          // A number with separators, as in 31_536_000, is neither text nor name.
          file.source
            .getDescendants()
            .filter((node) => isText(node) || Node.isIdentifier(node))
            .filter((node) => !isMetadata(node) && /\b[a-z][a-z0-9]*_[a-z0-9_]+\b/i.test(node.getText()))
            .map((node) => `${placeOf(node, file)}: ${node.getText()}`),
        ),
  },
  {
    name: "every function of the public interface says what it does",
    why: "Its comment is all that an author outside sees of it.",
    broken: (code) =>
      publicDeclarations(code)
        .filter(({ declaration }) => isFunction(declaration) && !isDocumented(declaration))
        .map(({ name }) => name),
  },
];

const isText = (node: Node): boolean =>
  Node.isStringLiteral(node) ||
  Node.isNoSubstitutionTemplateLiteral(node) ||
  Node.isTemplateHead(node) ||
  Node.isTemplateMiddle(node) ||
  Node.isTemplateTail(node);

/** What src/api.ts declares, and what it passes on by name. */
function publicDeclarations({ project, root }: Code): { readonly name: string; readonly declaration: Node }[] {
  const api = project.getSourceFileOrThrow(posix.join(root, "src/api.ts"));
  const own = api.getFunctions().map((declaration) => ({ name: declaration.getName() ?? "", declaration }));
  const passed = api.getExportDeclarations().flatMap((node) => {
    const source = project.getSourceFile(posix.join(root, "src", node.getModuleSpecifierValue() ?? ""));
    return node.getNamedExports().flatMap((one) => {
      const name = one.getName();
      const declaration = source?.getFunction(name) ?? source?.getVariableDeclaration(name);
      return declaration ? [{ name, declaration }] : [];
    });
  });
  return [...own, ...passed];
}

const isFunction = (node: Node): boolean =>
  Node.isFunctionDeclaration(node) || (Node.isVariableDeclaration(node) && Node.isArrowFunction(node.getInitializer()));

function isDocumented(node: Node): boolean {
  const documented = Node.isVariableDeclaration(node) ? node.getVariableStatement() : node;
  if (Node.isFunctionDeclaration(documented)) {
    return [documented, ...documented.getOverloads()].some((one) => one.getJsDocs().length > 0);
  }
  return Node.isJSDocable(documented) && documented.getJsDocs().length > 0;
}
