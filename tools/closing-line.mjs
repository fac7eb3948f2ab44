// Prints the line a runner reads, from jest's own counts. A suite that could not run, and a failed
// `npm run check`, count as one failure each.
import { readFileSync } from 'node:fs';

const [file, checkFailed, testFailed] = process.argv.slice(2);
const result = JSON.parse(readFileSync(file, 'utf8'));
const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + Number(checkFailed);
const hidden = failed === 0 && testFailed !== '0' ? 1 : 0;
if (result.numPendingTests > 0) console.log(`${result.numPendingTests} skipped`);
console.log(`${result.numPassedTests} passed, ${failed + hidden} failed`);
process.exit(failed + hidden === 0 && result.numPassedTests > 0 ? 0 : 1);
