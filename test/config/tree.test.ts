// Configuration from a commit, under a change that has a hand in every file of the working tree, and in tags.

import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { loadConfig, type Sought } from "../../src/config/load.ts";
import { commitAll, git, temporaryHome, writeFiles } from "../support/pull-request.ts";

const home = temporaryHome();
const root = () => join(home(), "checkout");
const at = (path: string) => join(root(), path);
const write = (files: { readonly [path: string]: string }) => writeFiles(root(), files);

const strict = { "tlsgate.config.yaml": "profile: strict\n" };
const lax = { "tlsgate.config.yaml": "policies: { https-only: off }\n" };
const main = "refs/remotes/origin/main";

const load = (sought: Partial<Sought> = {}) => loadConfig({ directory: root(), from: "origin/main", ...sought });

function begin(directory: string, files: { readonly [path: string]: string }): string {
  mkdirSync(directory, { recursive: true });
  git(directory, "init", "--quiet", "--initial-branch", "main");
  writeFiles(directory, files);
  return commitAll(directory, "begin");
}

/** A commit that asks for less, and that nothing but what is tried leads to. */
function laxCommit(): string {
  write(lax);
  const commit = commitAll(root(), "lax");
  git(root(), "reset", "--quiet", "--hard", main);
  return commit;
}

beforeEach(() => {
  const base = begin(root(), { ...strict, "infra/main.tf": "" });
  git(root(), "update-ref", main, base);
  git(root(), "checkout", "--quiet", "-b", "change");
});

describe("the commit is the one that is meant", () => {
  test("a branch or a tag that is named as its abbreviated hash is not taken for it", async () => {
    const base = git(root(), "rev-parse", main).trim();
    const short = base.slice(0, 8);
    expect((await load({ from: short })).config).toMatchObject({ profile: "strict" });
    git(root(), "branch", short, laxCommit());
    await expect(load({ from: short })).rejects.toThrow(`can be refs/heads/${short} or a commit: say which`);
    expect((await load({ from: base })).config).toMatchObject({ profile: "strict" });
    // No commit begins like that, so it is a name like any other.
    git(root(), "branch", "decade0", base);
    expect((await load({ from: "decade0" })).config).toMatchObject({ profile: "strict" });
  });

  test.each(["GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE", "GIT_NAMESPACE"])(
    "%s of the environment leads to no other repository",
    async (variable) => {
      const other = join(home(), "other");
      begin(other, lax);
      git(other, "update-ref", main, "HEAD");
      const values: { readonly [name: string]: string } = {
        GIT_WORK_TREE: other,
        GIT_OBJECT_DIRECTORY: join(other, ".git/objects"),
        GIT_NAMESPACE: "other",
      };
      vi.stubEnv(variable, values[variable] ?? join(other, ".git"));
      try {
        expect((await load()).config).toMatchObject({ profile: "strict" });
      } finally {
        vi.unstubAllEnvs();
      }
    },
  );

  test("a tag of the same name as the base is not taken for it", async () => {
    git(root(), "tag", "origin/main", laxCommit());
    await expect(load()).rejects.toThrow(`can be refs/tags/origin/main or ${main}: say which`);
    await expect(load({ from: "origin/main~0" })).rejects.toThrow("say which");
    expect((await load({ from: main })).config).toEqual({ profile: "strict" });
  });

  test("neither is one that has the base's whole name, where the base is not there", async () => {
    git(root(), "tag", main, laxCommit());
    expect((await load({ from: main })).config).toEqual({ profile: "strict" });
    git(root(), "update-ref", "-d", main);
    await expect(load({ from: main })).rejects.toThrow("There is no commit");
    await expect(load({ from: `${main}^{commit}` })).rejects.toThrow("There is no commit");
  });

  test("nor one that replaces it", async () => {
    git(root(), "replace", main, laxCommit());
    expect(git(root(), "show", `${main}:tlsgate.config.yaml`)).toContain("off");
    expect((await load()).config).toEqual({ profile: "strict" });
  });
});

describe("the repository is the one that is checked out", () => {
  const inInfra = (from = "origin/main") => load({ directory: at("infra"), from });

  /** With an origin/main of its own. */
  function evil(directory: string): void {
    git(directory, "update-ref", main, begin(directory, { ...lax, "main.tf": "" }));
  }

  test.each(["infra", "added"])("a submodule in the place of a directory is none: %s", async (name) => {
    evil(join(home(), "evil"));
    git(root(), "rm", "-rq", "--ignore-unmatch", name);
    git(root(), "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", join(home(), "evil"), name);
    commitAll(root(), "a submodule");
    git(at(name), "update-ref", main, "HEAD");
    await expect(load({ directory: at(name) })).rejects.toThrow("in the place of a directory");
  });

  test("nor is what lies there without being committed, or behind a file .git", async () => {
    evil(at("infra"));
    await expect(inInfra()).rejects.toThrow("in the place of a directory");
    // Not even where the change has deleted the directory.
    git(root(), "rm", "-rq", "--cached", "infra");
    git(root(), "commit", "-qm", "without infra");
    await expect(inInfra()).rejects.toThrow("in the place of a directory");
    rmSync(at("infra/.git"), { recursive: true });
    evil(join(home(), "evil"));
    write({ "infra/.git": `gitdir: ${join(home(), "evil/.git")}\n` });
    await expect(inInfra()).rejects.toThrow("in the place of a directory");
  });

  test("a repository that only lies within another is its own", async () => {
    evil(at("vendor/other"));
    expect((await load({ directory: at("vendor/other") })).config).toHaveProperty("policies");
  });

  test.each([
    ["an empty directory", () => mkdirSync(at("infra/.git")), /whose \.git is elsewhere/],
    ["a file that leads nowhere", () => write({ "infra/.git": "gitdir: nowhere\n" }), /needs git and a repository/],
  ])("%s .git does not hide the configuration above it", async (_, change, said) => {
    expect((await inInfra()).config).toEqual({ profile: "strict" });
    change();
    await expect(inInfra()).rejects.toThrow(said);
  });

  test("a link in the place of a directory leads to no other configuration; one above the repository may be", async () => {
    git(root(), "rm", "-rq", "infra");
    write({ "sandbox/tlsgate.config.yaml": lax["tlsgate.config.yaml"] });
    symlinkSync("sandbox", at("infra"));
    await expect(inInfra()).rejects.toThrow("is reached through a symbolic link");
    symlinkSync(root(), join(home(), "elsewhere"));
    expect((await load({ directory: join(home(), "elsewhere") })).config).toEqual({ profile: "strict" });
  });

  test("a variable that a hook of git leaves behind leads to no other file", async () => {
    process.env.GIT_DIR = at(".git");
    try {
      expect((await inInfra()).config).toEqual({ profile: "strict" });
    } finally {
      delete process.env.GIT_DIR;
    }
  });
});

describe("the files are the commit's", () => {
  test.each<[string, () => void]>([
    [
      "a nearer one",
      () => write({ "infra/tlsgate.config.yaml": "profile: apple-ats\n", "infra/tlsgate.waivers.yaml": "[]" }),
    ],
    [
      "another format beside it",
      () => write({ "tlsgate.config.json": "{}", "tlsgate.config.ts": "export default {}" }),
    ],
    ["a directory of its name", () => mkdirSync(at("infra/tlsgate.config.json"))],
    ["a link", () => symlinkSync("/dev/zero", at("infra/tlsgate.config.yaml"))],
    [
      "attributes",
      () => write({ ".gitattributes": "* ident text eol=crlf working-tree-encoding=UTF-16 export-subst\n" }),
    ],
  ])("%s in the working tree counts for nothing", async (_, change) => {
    change();
    expect(await load({ directory: at("infra") })).toMatchObject({ config: { profile: "strict" }, waivers: [] });
  });

  test.each<[string, () => void, string]>([
    ["a link", () => symlinkSync("../tlsgate.config.yaml", at("infra/tlsgate.config.yaml")), "is a symbolic link"],
    ["a directory", () => write({ "infra/tlsgate.config.json/x": "" }), "tlsgate.config.json at change cannot be read"],
    ["a huge baseline", () => write({ "tlsgate.baseline.json": " ".repeat(2 ** 26 + 1) }), "ENOBUFS"],
    [
      "a baseline above the repository",
      () => write({ "tlsgate.config.yaml": "baseline: ../known.json\n" }),
      "no such file",
    ],
  ])("%s in the commit is no configuration that is missing", async (_, change, said) => {
    change();
    commitAll(root(), "change");
    await expect(load({ directory: at("infra"), from: "change" })).rejects.toThrow(said);
  });
});
