#!/bin/sh
# Installs what lint.mjs needs, once for each package-lock.json. Where that cannot be, its test is
# skipped: a JDK alone has to do for building. On CI it may not be skipped for want of a package.
set -eu
cd "$(dirname "$0")"

skip() {
  echo "The OpenAPI document will not be checked by a linter: $1"
  exit 0
}

cmp -s package-lock.json node_modules/installed && exit 0
rm -rf node_modules
command -v npm >/dev/null || skip 'no npm on the PATH'
node --eval 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)' || skip 'it needs node 20.19 or 22.12 and newer'
if ! npm ci --silent --ignore-scripts --prefer-offline --no-audit --no-fund; then
  rm -rf node_modules
  [ -z "${CI:-}" ] || exit 1
  skip 'its packages cannot be installed'
fi
cp package-lock.json node_modules/installed
