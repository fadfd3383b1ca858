# Step 2 of the action: judges, tells, and leaves the exit code to the last step. Runs in bash 3.2 too, which macOS has.

set -euo pipefail

# https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
escaped() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  text=${text//$'\n'/%0A}
  printf '%s' "$text"
}

stop() {
  printf '::error title=tlsgate::%s\n' "$(escaped "$1")"
  printf 'verdict=error\nexit-code=2\n' >> "$GITHUB_OUTPUT"
  exit 0
}

# --- what is asked for

for name in CONFIGURATION CONFIG CONFIG_FROM PROFILE UNKNOWN FAIL_ON CATEGORY SOURCE_URL TERRAFORM SARIF COMMENT HTML JSON WORKING_DIRECTORY; do
  variable=TLSGATE_ACTION_$name
  case "${!variable:-}" in *$'\n'* | *$'\r'*) stop "The input $name is one line." ;; esac
done

# Reports that no input names go where no pull request can have laid a link.
reports=$(mktemp -d "$RUNNER_TEMP/tlsgate.XXXXXX")

unset CDPATH
root=$(cd -- "$GITHUB_WORKSPACE" && pwd -P)
directory=${TLSGATE_ACTION_WORKING_DIRECTORY:-.}
directory=${directory#./}
directory=${directory%/}
cd -- "$root" && cd -- "$directory" 2> /dev/null || stop "There is no directory $directory in the checkout."
# A link could lead to another directory, whose configuration asks for less.
case "$directory" in
  . | '') expected=$root ;;
  /*) expected=$directory ;;
  *) expected=$root/$directory ;;
esac
[ "$(pwd -P)" = "$expected" ] || stop "The working directory $directory is reached through a symbolic link or through '..'."

arguments=(check --no-color)
option() { # NAME VALUE
  if [ -n "$2" ]; then arguments+=("--$1=$2"); fi
}
option config "${TLSGATE_ACTION_CONFIG:-}"
option profile "${TLSGATE_ACTION_PROFILE:-}"
option unknown "${TLSGATE_ACTION_UNKNOWN:-}"
option not-judged "${TLSGATE_ACTION_NOT_JUDGED:-}"
option fail-on "${TLSGATE_ACTION_FAIL_ON:-}"
option category "${TLSGATE_ACTION_CATEGORY:-}"
option source-url "${TLSGATE_ACTION_SOURCE_URL:-}"
option configuration "${TLSGATE_ACTION_CONFIGURATION:-}"
option terraform "${TLSGATE_ACTION_TERRAFORM:-}"

case "${TLSGATE_ACTION_CONFIG_FROM:-}" in
  working-tree) ;;
  '')
    # What a branch holds is its own; what somebody proposes is judged by what it is proposed to.
    case "${GITHUB_EVENT_NAME:-}" in
      push | schedule | workflow_dispatch | release) ;;
      *) stop "Nothing says by which configuration to judge an event ${GITHUB_EVENT_NAME:-without a name}: set config-from to a commit, or to working-tree." ;;
    esac
    ;;
  *) option config-from "$TLSGATE_ACTION_CONFIG_FROM" ;;
esac

sarif=${TLSGATE_ACTION_SARIF:-$reports/tlsgate.sarif}
comment=${TLSGATE_ACTION_COMMENT:-$reports/comment.md}
html=${TLSGATE_ACTION_HTML:-$reports/tlsgate.html}
json=${TLSGATE_ACTION_JSON:-$reports/tlsgate.json}
annotations=$reports/annotations.txt
# What is there already is of somebody else.
rm -f -- "$sarif" "$comment" "$html" "$json"
arguments+=(
  --output "$reports/report.txt"
  --report "github=$annotations"
  --report "json=$json"
  --report "markdown=$comment"
  --report "sarif=$sarif"
  --report "html=$html"
)

plans=()
while IFS= read -r line || [ -n "$line" ]; do
  line=${line%$'\r'}
  if [ -n "$line" ]; then plans+=("$line"); fi
done <<< "${TLSGATE_ACTION_PLAN:-}"
# An empty array is unbound in bash 3.2.
[ "${#plans[@]}" -gt 0 ] || stop 'The input plan names no plan.'

# --- the verdict

# No directory of the checkout is taken for a repository: its refs would be the pull request's.
# https://git-scm.com/docs/git-config#Documentation/git-config.txt-safebareRepository
case "${HOME:-}/" in ("$root"/*) export HOME="$reports" ;; esac
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.bareRepository GIT_CONFIG_VALUE_0=explicit

program=("$TLSGATE_ACTION_COMMAND")
case "$TLSGATE_ACTION_COMMAND" in *.cjs | *.mjs | *.js) program=(node "$TLSGATE_ACTION_COMMAND") ;; esac

code=0
"${program[@]}" "${arguments[@]}" -- "${plans[@]}" < /dev/null > "$reports/stdout.txt" 2> "$reports/stderr.txt" || code=$?

# --- what it says: the annotations first, before anything here can go wrong

if [ "${TLSGATE_ACTION_ANNOTATIONS:-true}" != false ] && [ -f "$annotations" ]; then cat "$annotations"; fi

# Names in a plan are not ours: nothing that they hold is a workflow command.
# https://docs.github.com/actions/reference/workflow-commands-for-github-actions#stopping-and-starting-workflow-commands
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '::stop-commands::%s\n' "$token"
for file in report.txt stdout.txt stderr.txt; do
  # A last line without an end would swallow the token.
  if [ -s "$reports/$file" ]; then cat "$reports/$file" && echo; fi
done
printf '::%s::\n' "$token"

if [ "$code" -gt 1 ]; then
  printf '::error title=tlsgate: could not be judged::%s\n' \
    "$(escaped "$(head -c 4000 "$reports/stderr.txt")")"
fi

if [ "${TLSGATE_ACTION_SUMMARY:-true}" != false ] && [ -f "$comment" ]; then
  # https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
  # A runner without a summary has no such file: the outputs matter more.
  size=$({ cat "$comment" "${GITHUB_STEP_SUMMARY:-}" || true; } 2> /dev/null | wc -c)
  if [ "$size" -le 1048576 ]; then
    { cat "$comment" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"; } 2> /dev/null ||
      echo '::warning title=tlsgate::The job summary could not be written.'
  else
    echo '::warning title=tlsgate::The report is too long for a job summary (1 MiB).'
  fi
fi

# "pass 0 2": the verdict, and how many findings refuse and are introduced.
facts=$(node -e '
  const { verdict, summary } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
  console.log(verdict, summary.refusing, summary.introduced);
' "$json" 2> /dev/null) || facts=error
verdict=${facts%% *}
# An exit code that the report does not bear out is no verdict.
case "$verdict/$code" in
  pass/0 | refused/1 | error/2) ;;
  *) verdict=error code=2 ;;
esac
{
  printf 'verdict=%s\nexit-code=%s\n' "$verdict" "$code"
  case "$facts" in
    *' '*' '*)
      counts=${facts#* }
      printf 'refusing=%s\nintroduced=%s\n' "${counts% *}" "${counts#* }"
      ;;
  esac
} >> "$GITHUB_OUTPUT"
# GitHub takes no suppressions, and would show what is waived as open alerts.
# https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning#result-object
if [ "${TLSGATE_ACTION_SARIF_WAIVED:-false}" != true ] && [ -f "$sarif" ]; then
  node -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const log = JSON.parse(readFileSync(process.argv[1], "utf8"));
    for (const run of log.runs) run.results = run.results.filter(({ suppressions }) => suppressions.length === 0);
    const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    // Two # would be a command wherever the file is printed.
    writeFileSync(process.argv[1], JSON.stringify(log).replace(/[\u007f-\uffff]|(?<=#)#/g, escaped));
  ' -- "$sarif"
fi
path() { # OUTPUT FILE
  local absolute=$2
  case "$2" in /*) ;; *) absolute=$PWD/$2 ;; esac
  if [ -f "$absolute" ]; then printf '%s=%s\n' "$1" "$absolute" >> "$GITHUB_OUTPUT"; fi
}
path sarif "$sarif"
path comment "$comment"
path html "$html"
path json "$json"
