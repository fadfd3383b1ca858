// Builds the command where it comes from its repository. Installed globally, as pre-commit installs hooks, npm leaves out
// what the build needs, and it is brought here.
const { execSync } = require("node:child_process");

const run = (command) => execSync(command, { stdio: "inherit" });

try {
  require.resolve("tsx");
} catch {
  run("npm install --no-global --ignore-scripts --include=dev");
}
run("npx --no-install --no-global tsx scripts/build.ts");
