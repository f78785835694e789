#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# axe.sh - brings axe-core (MPL-2.0, no part of patopic) into BUILD/web for tests/web, where there is npm.
version=4.14.1
folder=${BUILD:-build}/web
[ -e "$folder/node_modules/axe-core/axe.min.js" ] && exit 0
if ! command -v npm >/dev/null 2>&1; then
    echo "no npm here: axe-core is not run on the page, only tests/web/audit.js" >&2
    exit 0
fi
mkdir -p "$folder" && npm install --silent --no-save --no-audit --no-fund --prefix "$folder" "axe-core@$version" ||
    echo "npm could not install axe-core $version: only tests/web/audit.js is run on the page" >&2
