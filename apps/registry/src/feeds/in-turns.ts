import { setImmediate } from 'node:timers/promises';

/** How long one piece of work goes on before other requests have their turn, in milliseconds. */
const longestTurn = 20;

/** Does work that comes in steps without keeping other requests waiting. */
export async function inTurns(steps: Iterable<unknown>): Promise<void> {
  let began = performance.now();
  for (const _ of steps) {
    if (performance.now() - began < longestTurn) continue;
    await setImmediate();
    began = performance.now();
  }
}
