#!/usr/bin/env python3
"""Collects what AWS says of the properties of resources: lengths, patterns, ranges and numbers of entries.

Usage: service_limits.py > FILE      writes the limits, with the versions they come from and today's date
       service_limits.py FILE        compares the limits in the file with those of the installed packages

Two authorities are put together, and where both limit a property, the narrower holds: the service's API model (botocore), whose
operation CloudFormation calls, and the schema of the resource type in the CloudFormation registry (cfn-lint ships it).
A pattern must be found in the value; those of an API model have to match all of it and are anchored here.
"""

import datetime
import json
import sys
from importlib.metadata import version

try:
    import botocore.session
    from cfnlint.schema import ResourceNotFoundError
    from cfnlint.schema.manager import ProviderSchemaManager
except ImportError as missing:
    sys.exit(f"The Python packages botocore and cfn-lint are needed ({missing}).")

# Which operations make a resource of a type, and what they call the property, where it is not called the same.
TYPES = {
    "AWS::CloudFormation::StackSet": {
        "cloudformation CreateStackSet": {},
        "cloudformation CreateStackInstances": {"": "StackInstancesGroup[]."},
    },
    "AWS::CloudTrail::Trail": {"cloudtrail CreateTrail": {"Name": "TrailName", "TagsList": "Tags"}},
    "AWS::CloudWatch::Alarm": {"cloudwatch PutMetricAlarm": {}},
    "AWS::CloudWatch::Dashboard": {"cloudwatch PutDashboard": {}},
    "AWS::DynamoDB::Table": {"dynamodb CreateTable": {}, "dynamodb UpdateTimeToLive": {}},
    "AWS::Events::EventBus": {"events CreateEventBus": {}},
    "AWS::Events::EventBusPolicy": {"events PutPermission": {}},
    "AWS::Events::Rule": {"events PutRule": {}, "events PutTargets": {}},
    "AWS::IAM::Role": {"iam CreateRole": {}, "iam PutRolePolicy": {"": "Policies[]."}},
    "AWS::IAM::Policy": {"iam PutRolePolicy": {"RoleName": "Roles[]"}},
    # The functions make these three with parameters of the template; the registry's schemas have no users yet.
    "AWS::IdentityStore::Group": {"identitystore CreateGroup": {}},
    "AWS::IdentityStore::User": {"identitystore CreateUser": {}},
    "AWS::SSO::PermissionSet": {"sso-admin CreatePermissionSet": {}},
    "AWS::Lambda::Function": {"lambda CreateFunction": {}},
    "AWS::Logs::LogGroup": {"logs CreateLogGroup": {}, "logs PutRetentionPolicy": {}},
    "AWS::S3::Bucket": {"s3 CreateBucket": {"Bucket": "BucketName"}},
    "AWS::S3::BucketPolicy": {"s3 PutBucketPolicy": {"Policy": "PolicyDocument"}},
    "AWS::SNS::Subscription": {"sns Subscribe": {}},
    "AWS::SNS::Topic": {"sns CreateTopic": {"Name": "TopicName"}},
    "AWS::SNS::TopicPolicy": {"sns SetTopicAttributes": {}},
    "AWS::SQS::Queue": {"sqs CreateQueue": {}},
    "AWS::SQS::QueuePolicy": {"sqs SetQueueAttributes": {}},
    "AWS::StepFunctions::StateMachine": {
        "stepfunctions CreateStateMachine": {"name": "StateMachineName", "definition": "DefinitionString"}
    },
}

KINDS = {"string": "length", "list": "entries", "map": "entries", "integer": "value", "long": "value", "double": "value"}


def of_schema(schema: dict) -> dict:
    """Every property of a resource type, with its limits; most have none."""
    found = {}

    def visit(node: dict, path: str, within: tuple) -> None:
        reference = node.get("$ref")
        if reference:
            if reference not in within:
                target = schema
                for key in reference[2:].split("/"):
                    target = target[key]
                visit(target, path, within + (reference,))
            return
        limits = {}
        for kind, least, most in (
            ("length", "minLength", "maxLength"),
            ("entries", "minItems", "maxItems"),
            ("value", "minimum", "maximum"),
        ):
            if least in node or most in node:
                limits = {"kind": kind, "min": node.get(least), "max": node.get(most)}
        if "pattern" in node:
            limits = {"kind": "length", "min": None, "max": None} | limits | {"pattern": node["pattern"]}
        found[path] = limits
        for name, inner in node.get("properties", {}).items():
            visit(inner, f"{path}.{name}" if path else name, within)
        if isinstance(node.get("items"), dict):
            visit(node["items"], path + "[]", within)

    visit(schema, "", ())
    return found


def of_operation(session: botocore.session.Session, operation: str) -> dict:
    """Every member of an operation's input that the API model limits."""
    service, name = operation.split()
    found = {}

    def visit(shape, path: str, within: tuple) -> None:
        limits = {key: shape.metadata[key] for key in ("min", "max", "pattern") if key in shape.metadata}
        if limits and shape.type_name in KINDS:
            found[path] = {"kind": KINDS[shape.type_name], "min": limits.get("min"), "max": limits.get("max")}
            if "pattern" in limits:
                found[path]["pattern"] = rf"\A(?:{limits['pattern']})\z"
        if shape.name in within:
            return
        within = within + (shape.name,)
        if shape.type_name == "structure":
            for member, inner in shape.members.items():
                visit(inner, f"{path}.{member}" if path else member, within)
        elif shape.type_name == "list":
            visit(shape.member, path + "[]", within)
        elif shape.type_name == "map":
            visit(shape.key, path + "{key}", within)
            visit(shape.value, path + "{}", within)

    visit(session.get_service_model(service).operation_model(name).input_shape, "", ())
    return found


def renamed(path: str, names: dict) -> str:
    first, *rest = path.split(".")
    bare = first.rstrip("[]{}")
    first = names.get(bare, bare) + first[len(bare):]
    return names.get("", "") + ".".join([first, *rest])


def collect() -> dict:
    session = botocore.session.get_session()
    schemas = ProviderSchemaManager()
    limits = {}
    for type_name, operations in TYPES.items():
        try:
            properties = of_schema(schemas.get_resource_schema("us-east-1", type_name).schema)
        except ResourceNotFoundError:
            properties = {path: {} for path in of_operation(session, next(iter(operations)))}
        spelling = {path.lower(): path for path in properties}
        collected: dict = {}
        for path, limit in properties.items():
            if limit:
                collected.setdefault(path, []).append(limit | {"source": "resource schema"})
        for operation, names in operations.items():
            for member, limit in of_operation(session, operation).items():
                path = renamed(member, names)
                container = path.removesuffix("{key}").removesuffix("{}").lower()
                # What CloudFormation has no property for (a client token, a feature of its own) is left out.
                if container in spelling:
                    path = spelling[container] + path[len(container):]
                    collected.setdefault(path, []).append(limit | {"source": operation})
        limits[type_name] = {path: narrowest(found) for path, found in collected.items()}
    return limits


def narrowest(found: list) -> dict:
    """One limit out of what several authorities say of a property."""
    least = max((one["min"] for one in found if one.get("min")), default=None)
    most = min((one["max"] for one in found if one.get("max") is not None), default=None)
    limit = {"kind": found[0]["kind"], "min": least, "max": most}
    # The schema repeats the model's pattern, at times more loosely.
    patterns = {one["source"] == "resource schema": one["pattern"] for one in found if "pattern" in one}
    limit["pattern"] = patterns.get(False, patterns.get(True))
    limit["sources"] = sorted({one["source"] for one in found})
    return {key: value for key, value in limit.items() if value is not None}


def rendered(limits: dict) -> str:
    """JSON with a line for each limit."""
    types = []
    for type_name, properties in sorted(limits.items()):
        lines = []
        for path, limit in sorted(properties.items()):
            lines.append(f"      {json.dumps(path)}: {json.dumps(limit)}")
        types.append(f"    {json.dumps(type_name)}: {{" + ("\n" + ",\n".join(lines) + "\n    " if lines else "") + "}")
    packages = {name: version(name) for name in ("botocore", "cfn-lint")}
    return (
        "{\n"
        f'  "made by": ".ci/service_limits.py",\n  "packages": {json.dumps(packages)},\n'
        f'  "date": "{datetime.date.today()}",\n'
        '  "limits": {\n' + ",\n".join(types) + "\n  }\n}\n"
    )


def main(arguments: list) -> int:
    made = rendered(collect())
    if not arguments:
        sys.stdout.write(made)
        return 0
    with open(arguments[0], encoding="utf-8") as file:
        kept = json.load(file)
    if kept["limits"] == json.loads(made)["limits"]:
        return 0
    print(f"{arguments[0]} is not what the installed packages say. Make it anew: {sys.argv[0]} > {arguments[0]}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
