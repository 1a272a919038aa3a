# Sourced by bin/aperto and bin/test: finds a Python that runs the product and keeps `.venv` up to date.
# POSIX sh. The caller sets `root` (the checkout). Progress goes to standard error.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
now() { date +%s; }

# A candidate counts only when it runs: a shim on PATH may stand for a Python that is not there.
usable() {
    "$1" -c 'import sys, venv, ensurepip, sqlite3, ssl; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

# Pythons that pyenv keeps, newest first: of PYENV_ROOT, of this home, of the account, and of shims on PATH.
pyenv_pythons() {
    for base in "${PYENV_ROOT:-}" "${HOME:-}/.pyenv" "$(eval echo "~$(id -un)")/.pyenv" \
        $(printf '%s' "$PATH" | tr ':' '\n' | sed -n 's|/shims/*$||p'); do
        [ -d "$base/versions" ] && ls -d "$base"/versions/3.1[2-9]*/bin/python3 2>/dev/null
    done | awk -F/versions/ '{ print $2 "\t" $0 }' | sort -rV | cut -f2
}

find_python() {
    for candidate in ${APERTO_PYTHON:-} python3.14 python3.13 python3.12 python3; do
        usable "$candidate" && { command -v "$candidate"; return; }
    done
    for candidate in $(pyenv_pythons); do
        usable "$candidate" && { echo "$candidate"; return; }
    done
    command -v uv >/dev/null 2>&1 || return 1
    candidate=$(uv python find '>=3.12' 2>/dev/null) && usable "$candidate" && { echo "$candidate"; return; }
    say "  Fetching Python 3.13 with uv"
    uv python install 3.13 >/dev/null 2>&1 || return 1
    candidate=$(uv python find '>=3.12' 2>/dev/null) && usable "$candidate" && echo "$candidate"
}

# What `.venv` was made from; another value means that it must be made again.
fingerprint() { cksum <"$root/pyproject.toml" | tr -d ' '; }

# $1: a stamp in .venv, $2: its value, $3: what to say, $4…: arguments for pip.
install_once() {
    stamp="$root/.venv/$1" value=$2 label=$3
    shift 3
    [ "$(cat "$stamp" 2>/dev/null)" = "$value" ] && return
    started=$(now)
    say "  $label"
    log=$(mktemp "${TMPDIR:-/tmp}/aperto-pip.XXXXXX") || fail "No temporary file can be made in ${TMPDIR:-/tmp}."
    # Python compiles what it imports; compiling everything beforehand takes as long as the download.
    if ! (cd "$root" && .venv/bin/python -m pip install --quiet --no-compile --disable-pip-version-check \
        --no-warn-script-location "$@") >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        fail "The libraries could not be installed; the lines above are pip's (all of them: $log)."
    fi
    rm -f "$log"
    printf '%s' "$value" >"$stamp" || fail "$stamp cannot be written."
    say "  done in $(($(now) - started)) s"
}

make_venv() {
    python=$(find_python) || fail "Aperto needs Python 3.12 or newer, and none was found.
Install one (apt install python3.12-venv, brew install python, pyenv install 3.13, or uv from
https://docs.astral.sh/uv), or name it: APERTO_PYTHON=/path/to/python3 $0"
    started=$(now)
    say "  Making the environment with $("$python" --version)"
    rm -rf "$root/.venv"
    "$python" -m venv "$root/.venv" >&2 || fail "$root/.venv could not be made; the lines above are Python's."
    say "  done in $(($(now) - started)) s"
}

# SAML needs xmlsec, which has no wheel for every machine; without it the product runs and says so.
install_saml() {
    [ "$(cat "$root/.venv/aperto-saml-stamp" 2>/dev/null)" = "$1" ] && return
    (cd "$root" && .venv/bin/python -m pip install --quiet --no-compile --disable-pip-version-check \
        --no-warn-script-location --editable '.[saml]') >/dev/null 2>&1 ||
        say "  SAML is left out: python3-saml cannot be installed here (libxmlsec1-dev and a compiler help)"
    printf '%s' "$1" >"$root/.venv/aperto-saml-stamp"
}

# Nothing runs here on a second start but two comparisons.
ensure_environment() {
    current=$(fingerprint)
    [ "$(cat "$root/.venv/aperto-stamp" 2>/dev/null)" = "$current" ] && [ -x "$root/.venv/bin/python" ] && return
    say "Preparing Aperto in $root (once; a minute or so)"
    { [ -x "$root/.venv/bin/python" ] && usable "$root/.venv/bin/python"; } || make_venv
    install_once aperto-stamp "$current" "Installing libraries" --editable .
    install_saml "$current"
}
