import { parseArgs } from 'node:util';
import { largestMessage } from './message-reader.ts';
import { startServer, defaultMaxAppendSize } from './server.ts';

/** The store as a process of its own: `node main.js --data-dir DIR [--port N] [--host ADDRESS]`. */
const usage = 'Usage: main --data-dir DIR [--port N] [--host ADDRESS] [--max-append-size BYTES]';

const stopWith = (sentence: string, code: number): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
};

const wholeNumber = (name: string, text: string, most: number): number => {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  return stopWith(`--${name} must be a whole number up to ${most}. ${usage}`, 2);
};

function readArguments(): { dataDir: string; host: string; port: number; maxAppendSize: number } {
  try {
    const { values } = parseArgs({
      options: {
        'data-dir': { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '2113' },
        'max-append-size': { type: 'string', default: String(defaultMaxAppendSize) },
      },
    });
    return {
      dataDir: values['data-dir'] ?? stopWith(`--data-dir is missing. ${usage}`, 2),
      host: values.host,
      port: wholeNumber('port', values.port, 65_535),
      maxAppendSize: wholeNumber('max-append-size', values['max-append-size'], largestMessage),
    };
  } catch (error) {
    return stopWith(`${error instanceof Error ? error.message : String(error)} ${usage}`, 2);
  }
}

const options = readArguments();
try {
  const server = await startServer(options);
  const shownHost = options.host.includes(':') ? `[${options.host}]` : options.host;
  process.stdout.write(`Event store ready at esdb://${shownHost}:${server.port}?tls=false\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void server.close().then(() => process.exit(0)));
} catch (error) {
  stopWith(error instanceof Error ? error.message : String(error), 1);
}
