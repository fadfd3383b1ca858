// Preload for the synthesis of a CDKTF app: lets cdk.tf.json say which line of the source made each element.
// usage: node --import tlsgate/trace main.js, or NODE_OPTIONS="--enable-source-maps --require tlsgate/trace" cdktf synth

import Module from "node:module";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Frame, frameText, isLibrary, parseFrame } from "./frame.ts";

/** cdktf 0.21 and cdktn 0.24 mark each element with it, but no longer ask for the trace that belongs to it. */
const mark = "stacktrace";

interface Options {
  readonly stackTrace?: boolean;
  readonly stackTraceOverride?: readonly string[];
}

interface NodePrototype {
  addMetadata(type: string, data: unknown, options?: Options): void;
}

type Load = (this: unknown, request: unknown, ...rest: unknown[]) => unknown;

/** Traces hold paths from here, so that a stack is the same on every machine. */
const home = resolve();

const [own] = capture();
const patched = new WeakSet<NodePrototype>();

// Every copy of constructs that an app loads comes along here, wherever it stands; a module that is imported does too.
const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (typeof request === "string" && /(^|[\\/])constructs([\\/]lib[\\/]index\.js)?$/.test(request)) patch(loaded);
  return loaded;
};

function patch(loaded: unknown): void {
  const prototype = (loaded as { Node?: { prototype?: NodePrototype } } | undefined)?.Node?.prototype;
  const add = prototype?.addMetadata;
  if (!prototype || typeof add !== "function" || patched.has(prototype)) return;
  patched.add(prototype);
  prototype.addMetadata = function (type, data, options) {
    const isTraced = type !== mark || options?.stackTrace || options?.stackTraceOverride;
    add.call(this, type, data, isTraced ? options : { ...options, stackTraceOverride: userFrames() });
  };
}

const userFrames = (): string[] =>
  capture()
    .filter((frame) => frame.file !== own?.file && !isLibrary(frame))
    .map((frame) => frameText({ ...frame, file: portable(frame.file) }));

/** The frames of this moment. Whatever goes wrong here must not keep an app from being synthesised. */
function capture(): Frame[] {
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 100;
    const { stack } = new Error(mark);
    return (stack ?? "").split("\n").flatMap((line) => parseFrame(line.replace(/^\s*at /, "")) ?? []);
  } catch {
    return [];
  } finally {
    restore(limit);
  }
}

function restore(limit: number): void {
  try {
    Error.stackTraceLimit = limit;
  } catch {
    // Frozen: it was never changed.
  }
}

function portable(file: string): string {
  if (!isAbsolute(file)) return file;
  const path = relative(home, file);
  return isAbsolute(path) ? file : path.split(sep).join("/");
}
