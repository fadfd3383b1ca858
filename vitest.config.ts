// Which tests run, and how long one may take.
import { defineConfig } from "vitest/config";

/** Tests of the package as users get it; they need dist/. */
const built = ["test/cli.test.ts", "test/api.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: "source", include: ["test/**/*.test.ts"], exclude: built } },
      { extends: true, test: { name: "package", include: built, globalSetup: "test/support/build.ts" } },
    ],
  },
});
