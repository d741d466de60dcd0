#!/bin/sh
# Compiles requirements/*.in to files with exact versions and hashes and without index addresses.
set -eu
cd "$(dirname "$0")/../../requirements"
compile() {
    name=$1
    shift
    ../.venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --custom-compile-command "make lock" \
        "$@" --output-file "$name.txt" "$name.in"
    if grep -nE 'https?://|--(index-url|extra-index-url|find-links)' "$name.txt"; then
        echo "requirements/$name.txt holds an address" >&2
        exit 1
    fi
}
compile base
compile stack --constraint base.txt
compile dev --constraint stack.txt
compile converter --no-deps
