/** What the store answers to a plain HTTP request, over HTTP/1.1 and HTTP/2 alike. */
export interface PlainAnswer {
  readonly status: number;
  /** JSON; empty without a body. */
  readonly body: string;
}

/** What the node says of itself. */
export interface NodeFacts {
  readonly version: string;
  readonly instance: string;
  readonly host: string;
  readonly port: number;
  readonly lastPosition: number;
}

/** EventStoreDB numbers the kinds of its messages; clients only look that there is a number. */
const pingMessage = 0;

const nothing = (status: number): PlainAnswer => ({ status, body: '' });
const json = (body: object): PlainAnswer => ({ status: 200, body: JSON.stringify(body) });

/** The few addresses that tools and clients ask; everything else is not found. */
export function plainAnswer(method: string, url: string, node: NodeFacts): PlainAnswer {
  if (method !== 'GET' && method !== 'HEAD') return nothing(404);
  const [path, query] = url.split('?', 2);
  switch (path) {
    case '/health/live':
    case '/health/ready':
      return nothing(liveCode(new URLSearchParams(query).get('liveCode')));
    case '/ping':
      return json({ msgTypeId: pingMessage, text: 'Ping request successfully handled' });
    case '/info':
      return json({
        esVersion: node.version,
        state: 'leader',
        features: { projections: false, userManagement: false, atomPub: false },
        authentication: { type: 'insecure', properties: {} },
      });
    case '/gossip':
      return json({ members: [memberOf(node)], serverIp: node.host, serverPort: node.port });
    default:
      return nothing(404);
  }
}

/** A probe may choose the status that means "alive". */
function liveCode(asked: string | null): number {
  const code = Number(asked ?? 204);
  return Number.isInteger(code) && code >= 200 && code <= 599 ? code : 204;
}

function memberOf(node: NodeFacts): object {
  return {
    instanceId: node.instance,
    timeStamp: new Date().toISOString(),
    state: 'Leader',
    isAlive: true,
    httpEndPointIp: node.host,
    httpEndPointPort: node.port,
    lastCommitPosition: node.lastPosition,
    writerCheckpoint: node.lastPosition,
    chaserCheckpoint: node.lastPosition,
    isReadOnlyReplica: false,
  };
}
