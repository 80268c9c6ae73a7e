#!/bin/sh
# Installs what render.mjs needs, once for each package-lock.json. Where that cannot be, its test is
# skipped: a JDK alone has to do for building. On CI it may not be skipped for want of a package.
set -eu
cd "$(dirname "$0")"

skip() {
  echo "Cards will not be tried with their own renderer: $1"
  exit 0
}

cmp -s package-lock.json node_modules/installed && exit 0
rm -rf node_modules
command -v npm >/dev/null || skip 'no npm on the PATH'
node --eval 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || skip 'it needs node 20 or newer'
if ! npm ci --silent --ignore-scripts --legacy-peer-deps --prefer-offline --no-audit --no-fund; then
  rm -rf node_modules
  [ -z "${CI:-}" ] || exit 1
  skip 'its packages cannot be installed'
fi
cp package-lock.json node_modules/installed
