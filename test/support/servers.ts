// Servers in front of a registry's files: our own, nginx and Caddy, on a free port of loopback, with a certificate for it.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { directoryStore } from "../../src/registry/directory-store.ts";
import { serve } from "../../src/registry/serve.ts";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate for 127.0.0.1, in files. */
export function certificateIn(directory: string): Certificate {
  const [cert, key] = [join(directory, "cert.pem"), join(directory, "key.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert, ...subject],
    { stdio: "ignore" },
  );
  return { cert, key };
}

export interface RunningServer {
  readonly port: number;
  readonly stop: () => void;
}

export type StartServer = (root: string, directory: string, certificate: Certificate) => Promise<RunningServer>;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Until somebody listens there. */
async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("connect", () => socket.destroy());
      socket.on("error", () => resolve(false));
    });
    if (isOpen) return;
    await sleep(100);
  }
  throw new Error(`Nobody listens on port ${port}.`);
}

async function started(
  program: string,
  args: readonly string[],
  port: number,
  environment = {},
): Promise<RunningServer> {
  const child = spawn(program, args, { stdio: "ignore", env: { ...process.env, ...environment } });
  await listening(port);
  return { port, stop: () => child.kill() };
}

export const ownServer: StartServer = async (root, _, { cert, key }) => {
  const tls = { cert: readFileSync(cert), key: readFileSync(key) };
  const server = await serve({ store: directoryStore(root), address: "127.0.0.1", port: 0, tls, token: undefined });
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
};

/** Text of the registry's own configuration, with what a user is told to set. */
function configured(root: string, name: string, settings: readonly (readonly [string | RegExp, string])[]): string {
  return settings.reduce(
    (text, [from, to]) => {
      if (text.replace(from, to) === text) throw new Error(`servers/${name} does not hold ${from}.`);
      return text.replaceAll(from, to);
    },
    readFileSync(join(root, "servers", name), "utf8"),
  );
}

export const nginx: StartServer = async (root, directory, { cert, key }) => {
  const port = await freePort();
  const server = configured(root, "nginx.conf", [
    [/listen 443 ssl/g, `listen 127.0.0.1:${port} ssl`],
    ["/etc/ssl/modules.example.com.pem", cert],
    ["/etc/ssl/private/modules.example.com.key", key],
    ["/srv/modules", root],
  ]);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${directory}/${name};`,
  );
  writeFileSync(
    join(directory, "nginx.conf"),
    `daemon off;\nuser root;\npid ${directory}/nginx.pid;\nerror_log ${directory}/error.log;\nevents {}\nhttp {\naccess_log off;\n${places.join("\n")}\n${server}}\n`,
  );
  return started("nginx", ["-c", join(directory, "nginx.conf"), "-p", directory], port);
};

export const caddy: StartServer = async (root, directory, { cert, key }) => {
  const port = await freePort();
  const site = configured(root, "Caddyfile", [
    [/^modules\.example\.com \{$/gm, `https://127.0.0.1:${port} {\n\ttls ${cert} ${key}\n\tbind 127.0.0.1`],
    ["/srv/modules", root],
  ]);
  mkdirSync(join(directory, "home"), { recursive: true });
  writeFileSync(
    join(directory, "Caddyfile"),
    `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n${site}`,
  );
  return started("caddy", ["run", "--config", join(directory, "Caddyfile"), "--adapter", "caddyfile"], port, {
    HOME: join(directory, "home"),
    XDG_DATA_HOME: join(directory, "home"),
    XDG_CONFIG_HOME: join(directory, "home"),
  });
};
