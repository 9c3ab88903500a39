// Checks definitions in Amazon States Language with asl-validator: node check_definition.js DEFINITION...
// Placeholders are filled in first, because a definition is only complete with them: a number inside an expression, an
// ARN or a name elsewhere.
"use strict";

const fs = require("fs");
const validate = require("asl-validator");

function filledIn(text) {
  const numbersInExpressions = text.replace(/\{%.*?%\}/gs, (expression) => expression.replace(/\$\{\w+\}/g, "60"));
  return numbersInExpressions.replace(/\$\{(\w+)\}/g, (placeholder, name) => {
    if (name === "Partition") {
      return "aws";
    }
    return name.endsWith("Arn") ? `arn:aws:lambda:us-east-1:111122223333:function:${name}` : name;
  });
}

let valid = true;
for (const path of process.argv.slice(2)) {
  const { isValid, errors } = validate(JSON.parse(filledIn(fs.readFileSync(path, "utf8"))));
  valid &&= isValid;
  console.log(`${path}: ${isValid ? "valid" : "not valid"}`);
  for (const error of errors) {
    console.log(`  ${error["Error code"]}: ${error.Message}`);
  }
}
process.exitCode = valid && process.argv.length > 2 ? 0 : 1;
