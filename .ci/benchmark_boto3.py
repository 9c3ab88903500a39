"""Makes the calls that it is given, one after another, as a function in Python would: [["iam", "get_account_summary", {}], ...]"""
import json
import os
import sys
import urllib.request

import boto3

runtime = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation"
json.load(urllib.request.urlopen(f"{runtime}/next"))
clients = {}
for service, operation, arguments in json.loads(sys.argv[1]):
    client = clients.setdefault(service, None) or boto3.client(service)
    clients[service] = client
    try:
        getattr(client, operation)(**arguments)
    except client.exceptions.ClientError:
        pass
urllib.request.urlopen(f"{runtime}/1/response", b"{}")
