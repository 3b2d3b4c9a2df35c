"""Runs ministack 1.5.33 for Baton: the emulator as it is, with what a local run needs besides.

- GET /_baton/activity tells how busy it is: stream positions and running batches are visible nowhere else.
- SendEmail is judged on the sender's identity, as SES does; as it is, ministack judges it on "*".
  Senders count as verified: an environment refers to identities of SES, it does not create them.
- A batch call of SQS needs the permission of the plain one, as on AWS; ministack knows one that no policy has.
- The Ref of a secret is its ARN, as on AWS; as it is, grants name something that does not exist.
- The CORS settings of an HTTP API count: as it is, ministack looks for them under other names.
- Batches from queues may be as large as their mapping says; ministack stops at ten.
- What a batch failed at comes again after two seconds: visibility timeouts are meant for slow functions and
  a whole stack waiting for them would be no use to anybody.
- Two mapped batches per queue at once instead of five: each takes a Node process, and laptops have few cores.
- No wait of 50 ms after each invocation that logs nothing.
- It ends with the process that started it, however that ends: its standard input is the leash.
"""

import json
import os
import signal
import sys
import threading
import time

from ministack import app as ministack
from ministack.core import iam_actions, lambda_runtime
from ministack.core.arn import parse_arn
from ministack.services import apigateway, dynamodb, lambda_svc, ses, sqs
from ministack.services.cloudformation import provisioners


def end_with_the_parent():
    sys.stdin.buffer.read()
    os.killpg(os.getpgrp(), signal.SIGKILL)


invocations = 0
acquire_slot = lambda_svc._acquire_execution_slot


def counted_acquire_slot(func, config):
    global invocations
    invocations += 1
    return acquire_slot(func, config)


action = iam_actions.extract_iam_action


def action_without_batch(*args):
    name = action(*args)
    return name.removesuffix("Batch") if name and name.startswith("sqs:") else name


resource_arn = iam_actions._ses_v2_resource_arn


def identity_or_resource_arn(method, path, body, region, account_id):
    if method == "POST" and path.rstrip("/") == "/v2/email/outbound-emails":
        try:
            sender = json.loads(body).get("FromEmailAddress", "")
        except ValueError:
            sender = ""
        domain = sender.rsplit("@", 1)[-1].rstrip("> ")
        if domain:
            return f"arn:aws:ses:{region}:{account_id}:identity/{domain}"
    return resource_arn(method, path, body, region, account_id)


def create_secret(logical_id, properties, stack_name):
    _name, attributes = provisioners._sm_secret_create(logical_id, properties, stack_name)
    return attributes["Arn"], attributes


def receive_whole_batch(queue_url, max_number):
    with sqs._queues_lock:
        queue = sqs._get_q(queue_url)
        sqs._expire_retained(queue)
        sqs._dlq_sweep(queue)
        visibility_seconds = int(queue["attributes"].get("VisibilityTimeout", "30"))
        return sqs._collect_msgs(queue, int(max_number or 1), visibility_seconds)


run_sqs_batch = lambda_svc._run_sqs_batch


def run_batch_and_retry_soon(esm, function, event, batch, queue_url, queue_name):
    run_sqs_batch(esm, function, event, batch, queue_url, queue_name)
    soon = time.time() + 2
    for message in batch:  # Those that succeeded are no longer in the queue.
        message["visible_at"] = min(message["visible_at"], soon)


def with_camel_case(function):
    def call(settings, *args):
        return function({key[0].lower() + key[1:]: value for key, value in (settings or {}).items()}, *args)

    return call


def streams():
    for account, region, esm in lambda_svc._iter_all_esms():
        source = parse_arn(esm.get("EventSourceArn", ""))
        if source.service != "dynamodb":
            continue
        table = source.resource.split("/stream/")[0].split("/")[-1]
        end = dynamodb.stream_end_position(table, account_id=account, region=region)
        position = lambda_svc._dynamodb_stream_positions._data.get((account, region, esm["UUID"]), end)
        yield {
            "table": table,
            "function": esm["FunctionName"],
            "written": end,
            "behind": end - position,
            "lastResult": esm.get("LastProcessingResult", ""),
        }


def queues():
    now = time.time()
    mapped = {esm.get("EventSourceArn") for _account, _region, esm in lambda_svc._iter_all_esms()}
    for _url, queue in list(sqs._queues._data.items()):
        messages = list(queue["messages"])
        waiting = [m for m in messages if m.get("visible_at", 0) > now]
        in_flight = [m for m in waiting if m.get("receive_count", 0) > 0]
        yield {
            "name": queue["name"],
            "consumed": queue["attributes"].get("QueueArn") in mapped,
            "visible": len(messages) - len(waiting),
            "inFlight": len(in_flight),
            "delayed": len(waiting) - len(in_flight),
        }


def activity():
    running, by_function = lambda_svc.executions_in_flight()
    return {
        "invocations": invocations,
        "running": {name.rsplit(":", 1)[-1]: count for name, count in by_function.items()},
        "batches": sum(lambda_svc._esm_inflight.values()),
        "queues": list(queues()),
        "streams": list(streams()),
    }


emulator = ministack.app


async def app(scope, receive, send):
    if scope["type"] != "http" or scope["path"] != "/_baton/activity":
        await emulator(scope, receive, send)
        return
    body = json.dumps(activity()).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    lambda_svc._acquire_execution_slot = counted_acquire_slot
    lambda_svc._ESM_SQS_DEFAULT_CONCURRENCY = 2
    lambda_svc._run_sqs_batch = run_batch_and_retry_soon
    sqs._receive_messages_for_esm = receive_whole_batch
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.005, 0.003, 0.1)
    iam_actions.extract_iam_action = action_without_batch
    iam_actions._ses_v2_resource_arn = identity_or_resource_arn
    ses._identity_verified = lambda *_args, **_options: True
    provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]["create"] = create_secret
    apigateway._cors_response_headers = with_camel_case(apigateway._cors_response_headers)
    apigateway._cors_preflight_response = with_camel_case(apigateway._cors_preflight_response)
    # It would also listen on 443 where it may; one port is enough.
    ministack._port_is_bindable = lambda *_args: False
    ministack.app = app
    ministack.main()
