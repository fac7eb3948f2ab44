import { parentPort, workerData } from 'node:worker_threads';
import { startServer, type ServerOptions } from './server.ts';

/** The store's own thread: a commit that waits for the disk stops nothing else of the process. */
const parent = parentPort;
if (parent === null) throw new Error('This module runs as a worker thread.');
try {
  const server = await startServer(workerData as ServerOptions);
  parent.on('message', () => {
    void server.close().then(
      () => {
        parent.postMessage({ closed: true });
        parent.close();
      },
      (error: unknown) => parent.postMessage({ failed: String(error) }),
    );
  });
  parent.postMessage({ port: server.port });
} catch (error) {
  parent.postMessage({ failed: error instanceof Error ? error.message : String(error) });
  parent.close();
}
