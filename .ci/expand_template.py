#!/usr/bin/env python3
"""Expands the SAM template as CloudFormation would, for the checks that only look at native resources.

Usage: expand_template.py TEMPLATE > EXPANDED.json

Each state machine gets its definition as DefinitionString: cfn-lint does not follow a DefinitionUri. The partition is
filled in there, because cfn-lint accepts no placeholder in the ARN of a Resource. Code is not packaged, so its location
is a placeholder.
"""

import json
import os
import sys
from pathlib import Path

# The translator resolves partitions; without a Region it would ask the machine's AWS configuration.
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

try:
    from samtranslator.parser.parser import Parser
    from samtranslator.public.exceptions import InvalidDocumentException
    from samtranslator.translator.translator import Translator
    from samtranslator.yaml_helper import yaml_parse
except ImportError as missing:
    sys.exit(f"The Python package aws-sam-translator is missing ({missing}).")

PLACEHOLDER = "s3://placeholder-bucket/placeholder-key"


def main(template_path: Path) -> None:
    template = yaml_parse(template_path.read_text(encoding="utf-8"))
    definitions = {}
    functions = [template.get("Globals", {}).get("Function", {})]
    for name, resource in template["Resources"].items():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function":
            functions.append(properties)
        if resource["Type"] == "AWS::Serverless::StateMachine":
            definitions[name] = (template_path.parent / properties["DefinitionUri"]).read_text(encoding="utf-8")
            properties["DefinitionUri"] = PLACEHOLDER
    for function in functions:
        if "CodeUri" in function:
            function["CodeUri"] = PLACEHOLDER

    try:
        # No managed policies: the roles of this template are written out, none is looked up by name.
        expanded = Translator({}, Parser()).translate(template, parameter_values={})
    except InvalidDocumentException as invalid:
        causes = "; ".join(cause.message for cause in invalid.causes)
        sys.exit(f"{template_path} is not valid SAM: {causes}")

    for name, definition in definitions.items():
        properties = expanded["Resources"][name]["Properties"]
        properties.pop("DefinitionS3Location")
        substitutions = properties.get("DefinitionSubstitutions", {})
        for key in [key for key, value in substitutions.items() if value == {"Ref": "AWS::Partition"}]:
            definition = definition.replace("${" + key + "}", "aws")
            del substitutions[key]
        properties["DefinitionString"] = definition
    json.dump(expanded, sys.stdout, indent=2)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
