#!/usr/bin/env python3
"""Compares the operations that write, as the API models of botocore have them, with those somebody has decided about.

Usage: writing_operations.py FILE     FILE is writing-operations.txt, whose head says what is in it

Complains of operations that are new, and of those in a section "model" that are gone. WritingOperationsTest does the same with the
SDK's clients, which only the build has; some services have none there, and some clients are older than the models.
"""

import re
import sys

try:
    import botocore.session
except ImportError as missing:
    sys.exit(f"The Python package botocore is needed ({missing}).")

# The services, and the source under which CloudTrail records each.
SERVICES = {
    "sso-admin": "sso",
    "identitystore": "identitystore",
    "organizations": "organizations",
    "account": "account",
    "cloudtrail": "cloudtrail",
    "sns": "sns",
    "sesv2": "ses",
    "ses": "ses",
    "events": "events",
    "iam": "iam",
    "kms": "kms",
    "cloudformation": "cloudformation",
    "cloudwatch": "monitoring",
    "signin": "signin",
}
READING = re.compile("(Get|List|Describe|BatchGet|BatchDescribe|Search|Lookup|IsMember)")


def main(path: str) -> int:
    session = botocore.session.get_session()
    decided, of_models, section = {}, {}, None
    for line in open(path, encoding="utf-8"):
        if heading := re.fullmatch(r"\[(client|model|console) (\S+) (\S+)\.amazonaws\.com\]\n", line):
            section = heading.groups()
        elif section and line.strip():
            kind, service, source = section
            decided.setdefault(source, set()).add(line.split()[0])
            if kind == "model":
                of_models.setdefault(service, set()).add(line.split()[0])
    wrong = []
    for service, source in SERVICES.items():
        operations = set(session.get_service_model(service).operation_names)
        new = {name for name in operations if not READING.match(name)} - decided.get(source, set())
        wrong += [f"{service} {name}: nobody has decided whether a rule listens to it" for name in sorted(new)]
        gone = of_models.get(service, set()) - operations
        wrong += [f"{service} {name}: not an operation any more" for name in sorted(gone)]
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
