import { invalidArgument } from './grpc-status.ts';

/** Which events of $all a read or a subscription wants. */
export interface EventFilter {
  readonly on: 'stream' | 'type';
  matches(stream: string, type: string): boolean;
}

/**
 * A filter out of a request: a regular expression, or prefixes.
 * Known gap: the expression is JavaScript's, EventStoreDB's is .NET's; one made to backtrack without end
 * holds the store's thread, so the store listens on loopback unless told otherwise.
 */
export function eventFilter(
  on: 'stream' | 'type',
  regex: string,
  prefixes: readonly string[],
): EventFilter {
  let accepts: (name: string) => boolean;
  if (regex !== '') {
    let expression: RegExp;
    try {
      expression = expressionOf(regex);
    } catch {
      throw invalidArgument(
        `The filter's regular expression cannot be read: ${regex.slice(0, 200)}`,
      );
    }
    accepts = (name) => expression.test(name);
  } else {
    accepts = (name) => prefixes.some((prefix) => name.startsWith(prefix));
  }
  return {
    on,
    matches: on === 'stream' ? (stream) => accepts(stream) : (_stream, type) => accepts(type),
  };
}

/**
 * An expression as .NET writes it, in JavaScript's: options at its beginning, and the anchors of the whole
 * text, which JavaScript would take for the letters A, Z and z. @throws SyntaxError
 */
function expressionOf(regex: string): RegExp {
  const [options = '', flags = ''] = /^\(\?([ims]+)\)/.exec(regex) ?? [];
  const pattern = regex
    .slice(options.length)
    .replaceAll(/\\([AZz\\])/g, (escape, letter: string) =>
      letter === 'A' ? '(?<![^])' : letter === '\\' ? escape : '(?![^])',
    );
  return new RegExp(pattern, [...new Set(flags)].join(''));
}

/** Counts considered events and says when a checkpoint is due. */
export class CheckpointCounter {
  private considered = 0;
  private sent = -1;
  private readonly interval: number;

  /** @param interval considered events between two checkpoints, at least 1 */
  constructor(interval: number) {
    this.interval = interval;
  }

  /** One more event was considered; true when a checkpoint at its position is due. */
  consider(position: number): boolean {
    this.considered += 1;
    if (this.considered < this.interval) return false;
    this.considered = 0;
    return this.isNew(position);
  }

  /** Whether a checkpoint there would not repeat the one before; remembers it. */
  isNew(position: number): boolean {
    if (position <= this.sent) return false;
    this.sent = position;
    return true;
  }
}
