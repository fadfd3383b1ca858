# Step 1 of the action: a tlsgate that the pull request has no hand in. Runs in bash 3.2 too, which macOS has.

set -euo pipefail

stop() {
  printf '::error title=tlsgate::%s\n' "$1"
  exit 2
}

one_line() {
  case "$1" in *$'\n'* | *$'\r'*) stop "$2 is one line." ;; esac
}

one_line "${TLSGATE_ACTION_COMMAND:-}" command
one_line "${TLSGATE_ACTION_VERSION:-}" version

if [ -n "${TLSGATE_ACTION_COMMAND:-}" ]; then
  case "$TLSGATE_ACTION_COMMAND" in
    /*) ;;
    *) stop 'command is an absolute path: what it is must not depend on the checkout.' ;;
  esac
  [ -f "$TLSGATE_ACTION_COMMAND" ] || stop 'command names no file of this runner.'
  printf 'command=%s\n' "$TLSGATE_ACTION_COMMAND" >> "$GITHUB_OUTPUT"
  exit 0
fi

# In a directory of its own: npm would follow an .npmrc of the checkout, to any registry.
directory=$(mktemp -d "$RUNNER_TEMP/tlsgate-npm.XXXXXX")
cd "$directory"
# npm reads what a home holds, too.
case "${HOME:-}/" in ("$GITHUB_WORKSPACE"/*) export HOME="$directory" ;; esac

version=${TLSGATE_ACTION_VERSION:-}
if [ -z "$version" ]; then
  version=$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).version' \
    "$GITHUB_ACTION_PATH/package.json")
fi
# A version or a tag, never an address or a directory.
case "$version" in
  -* | .* | *[!0-9A-Za-z.+-]*) stop 'version is a version of tlsgate, such as 0.1.0.' ;;
esac

printf '{ "private": true }\n' > package.json
npm install --ignore-scripts --no-audit --no-fund --no-save --loglevel=error "tlsgate@$version" >&2 ||
  stop "tlsgate could not be installed from npm."
printf 'command=%s\n' "$directory/node_modules/tlsgate/dist/cli.cjs" >> "$GITHUB_OUTPUT"
