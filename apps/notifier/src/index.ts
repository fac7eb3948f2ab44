export { MachineClock, NotifierClock } from './clock.ts';
export { Notifier, type NotifierOptions } from './engine/notifier.ts';
