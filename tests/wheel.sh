#!/bin/sh
# Builds the wheel, installs it into a new environment, and runs it in a folder with hostile packages of our names.
set -eu
python=$1
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "== Wheel: built, installed into a new environment, run beside hostile packages"
"$python" -m build --wheel --outdir "$work/dist" "$here" >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$work"/dist/*.whl

mkdir -p "$work/hostile/checks" "$work/hostile/reports" "$work/hostile/campaign/build"
echo 'raise SystemExit("the hostile checks package was imported")' >"$work/hostile/checks/__init__.py"
echo 'raise SystemExit("the hostile reports package was imported")' >"$work/hostile/reports/__init__.py"
cat >"$work/hostile/campaign/request.yaml" <<'YAML'
id: T-1
name: Example
emails: [{name: invite, build: build/invite.html, must_include: [Hello]}]
YAML
echo '<html lang="en"><title>Hello</title><p>Hello</p></html>' >"$work/hostile/campaign/build/invite.html"

cd "$work/hostile"
"$work/venv/bin/qa" list >"$work/list.txt"
"$work/venv/bin/python" -m qa list >"$work/list-m.txt"
cmp "$work/list.txt" "$work/list-m.txt"
grep -q '^link-destination ' "$work/list.txt"
"$work/venv/bin/qa" run campaign --no-render --only required-wording >"$work/run.txt"
test -s qa-report/report.html
echo "ok: $(wc -l <"$work/list.txt") checks listed both ways, and a campaign checked"
