#!/usr/bin/env bash
# Writes the lock files anew: python/environments/lock.sh. Needs uv and the network; UV overrides the binary.
# One file per environment, accelerator and Python row, for every platform that the row supports, with hashes, naming no
# registry.
# One file per environment, accelerator and Python row, for every platform that the row supports, with hashes, naming no registry.
set -euo pipefail
cd "$(dirname "$0")"
for row in "py311 3.11" "py312 3.12"; do
  read -r name python <<<"$row"
  for environment in base base-cuda12 dev; do
    "${UV:-uv}" pip compile "$environment.in" --constraints "$name.constraints" --python-version "$python" --universal \
      --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet \
      --output-file "$environment-$name.txt" "$@"
  done
done
