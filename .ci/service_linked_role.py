#!/usr/bin/env python3
"""Restates what AWS's own policy for Identity Center's service-linked role says about IAM.

Usage: service_linked_role.py > rehearsal/src/main/resources/groundwork/rehearsal/account/service-linked-role.json

The policy is read from the copy that moto ships. What it allows everywhere but in the organization's management account,
whoever assigns access there has to be allowed.
"""

import json
import sys

try:
    from moto.iam.aws_managed_policies import aws_managed_policies_data
except ImportError as missing:
    sys.exit(f"The Python package moto is missing ({missing}).")

NAME = "AWSSSOServiceRolePolicy"
NOT_IN_MANAGEMENT_ACCOUNT = {"StringNotEquals": {"aws:PrincipalOrgMasterAccountId": "${aws:PrincipalAccount}"}}


def main() -> None:
    policy = json.loads(aws_managed_policies_data)[NAME]
    everywhere, not_in_management_account = [], []
    for statement in policy["Document"]["Statement"]:
        actions = sorted(action for action in statement["Action"] if action.startswith("iam:"))
        condition = statement.get("Condition")
        if not actions:
            continue
        if statement["Effect"] != "Allow" or condition not in (None, NOT_IN_MANAGEMENT_ACCOUNT):
            sys.exit(f"{NAME} has a statement of a new kind: {json.dumps(statement)}")
        allowed = everywhere if condition is None else not_in_management_account
        allowed.extend({"action": action, "resource": resource} for resource in statement["Resource"] for action in actions)
    json.dump(
        {
            "source": f"https://docs.aws.amazon.com/aws-managed-policy/latest/reference/{NAME}.html",
            "policy": f"arn:aws:iam::aws:policy{policy['Path']}{NAME}",
            "version": policy["DefaultVersionId"],
            "updated": policy["UpdateDate"][:10],
            "everywhere": everywhere,
            "notInTheManagementAccount": not_in_management_account,
        },
        sys.stdout,
        indent=2,
    )
    print()


if __name__ == "__main__":
    main()
