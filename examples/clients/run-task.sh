#!/usr/bin/env bash
# Calls a swarm with curl: a deadline, an idempotency key and retries (curl retries 408, 429 and 5xx, and honours Retry-After).
#
#   examples/clients/run-task.sh http://localhost:8080
#
# With the key a retry can't run the task twice: the swarm answers with the first one's result.
set -euo pipefail
url=${1:?expected the URL of a swarm, such as http://localhost:8080}
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

curl --silent --show-error --fail-with-body \
  --max-time 12 --retry 3 --retry-connrefused --retry-max-time 30 \
  --header "Content-Type: application/json" \
  --header "Idempotency-Key: $key" \
  --data '{
    "instruction": "In which language is this message written, and is its tone positive or negative?",
    "inputs": [{"name": "message", "type": "text", "text": "The delivery was fast and the lamp is wonderful, thank you!"}],
    "constraints": {"timeout": "10s"}
  }' \
  "$url/v1/tasks"
echo
