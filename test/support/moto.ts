// moto, the stand-in for AWS, as a server on loopback: installed with pip into a cache of its own, started and stopped.

import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const requirements = resolve("test/deploy/requirements.txt");
const environment = resolve("node_modules/.cache/tlsgate/moto");
/** Says what was installed; it is written last. */
const installed = join(environment, "requirements.txt");
const program = (name: string) => join(environment, process.platform === "win32" ? "Scripts" : "bin", name);

/** Throws where there is no Python, or no moto for it. */
export function installMoto(): void {
  const wanted = readFileSync(requirements, "utf8");
  if (existsSync(installed) && readFileSync(installed, "utf8") === wanted) return;
  console.log("Installing moto: about 140 MB, once.");
  rmSync(environment, { recursive: true, force: true });
  const run = (file: string, ...args: string[]) =>
    execFileSync(file, args, { stdio: ["ignore", "ignore", "inherit"], timeout: 300_000 });
  run("python3", "-m", "venv", environment);
  run(program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements);
  copyFileSync(requirements, installed);
}

export interface Moto {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A fresh AWS without anything in it. Its ACM issues a certificate after a second, where the real one takes minutes. */
export function startMoto(): Promise<Moto> {
  const env = { ...process.env, MOTO_ACM_VALIDATION_WAIT: "1", PYTHONUNBUFFERED: "1" };
  const server = spawn(program("moto_server"), ["--host", "127.0.0.1", "--port", "0"], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((end) => server.once("close", () => end()));
  const stop = () => {
    server.kill();
    return ended;
  };
  return new Promise((start, fail) => {
    let said = "";
    server.once("error", fail);
    // It goes on telling of every request: who does not listen makes it wait.
    server.stderr.on("data", (chunk: Buffer) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said + chunk) ?? [];
      if (url) start({ url, stop });
      else said += chunk;
    });
    ended.then(() => fail(new Error(`moto_server ended without serving: ${said}`)));
  });
}
