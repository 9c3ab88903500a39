// Usage: node expressions.mjs expressions.jsonl
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import jsonata from 'jsonata';

// What Step Functions adds to JSONata: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
function addFunctions(expression) {
  expression.registerFunction('parse', (text) => (text === undefined ? undefined : JSON.parse(text)), '<s:x>');
  expression.registerFunction('hash', (text, name) => createHash(name.replace('-', '').toLowerCase()).update(text).digest('hex'), '<ss:s>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('partition', (array, size) =>
    Array.from({ length: Math.ceil(array.length / size) }, (_, i) => array.slice(i * size, (i + 1) * size)), '<an:a>');
  expression.registerFunction('range', (first, last, delta) => {
    const range = [];
    for (let n = first; delta > 0 ? n <= last : n >= last; n += delta) range.push(n);
    return range;
  }, '<nnn:a>');
}

async function evaluate({ expression, bindings, at }) {
  const compiled = jsonata(expression);
  addFunctions(compiled);
  compiled.registerFunction('now', () => new Date(at).toISOString(), '<s?s?:s>');
  compiled.registerFunction('millis', () => Date.parse(at), '<:n>');
  try {
    const result = await compiled.evaluate(undefined, bindings);
    return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
  } catch {
    // Step Functions fails on an error as it fails on an undefined result.
    return undefined;
  }
}

const recordings = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
let different = 0;
let withoutValue = 0;
for (const recording of recordings) {
  const result = await evaluate(recording);
  withoutValue += result === undefined ? 1 : 0;
  if (!isDeepStrictEqual(result, recording.result)) {
    different++;
    console.log(`${recording.state}, ${recording.field}: ${recording.expression}`);
    console.log(`  rehearsal: ${JSON.stringify(recording.result)}`);
    console.log(`  reference: ${JSON.stringify(result)}`);
  }
}
const expressions = new Set(recordings.map(({ state, expression }) => `${state}: ${expression}`)).size;
console.log(
  `${expressions} expressions in ${recordings.length} contexts (${withoutValue} without a value): ` +
    (different === 0 ? 'the reference implementation agrees.' : `${different} differ.`),
);
process.exit(different === 0 && recordings.length > 0 ? 0 : 1);
