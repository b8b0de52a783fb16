#!/usr/bin/env python3
"""Calls a swarm over REST with a deadline, an idempotency key and retries; needs nothing but Python 3.

    python3 examples/clients/run_task.py http://localhost:8080

With the key a retry can't run the task twice: the swarm answers with the first one's result.
"""
import json
import random
import sys
import time
import urllib.error
import urllib.request
import uuid

TASK = {
    "instruction": "In which language is this message written, and is its tone positive or negative?",
    "inputs": [
        {"name": "message", "type": "text", "text": "The delivery was fast and the lamp is wonderful, thank you!"}
    ],
    "constraints": {"timeout": "10s"},
}
WORTH_A_RETRY = {409, 429, 502, 503, 504}
TRIES = 4


def run(url: str, task: dict, key: str) -> dict:
    request = urllib.request.Request(
        f"{url}/v1/tasks",
        data=json.dumps(task).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": key},
    )
    wait = 0.2
    for attempt in range(1, TRIES + 1):
        try:
            with urllib.request.urlopen(request, timeout=12) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            problem = json.load(error)
            if attempt == TRIES or error.code not in WORTH_A_RETRY:
                raise SystemExit(f"{problem['code']}: {problem['detail']}")
            wait = float(error.headers.get("Retry-After", wait))
        except urllib.error.URLError:
            if attempt == TRIES:
                raise
        time.sleep(wait * random.uniform(0.8, 1.2))
        wait *= 2
    raise AssertionError("not reached")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: run_task.py URL, such as http://localhost:8080")
    result = run(sys.argv[1], TASK, str(uuid.uuid4()))
    print(result["status"], json.dumps(result["output"], ensure_ascii=False, sort_keys=True))
