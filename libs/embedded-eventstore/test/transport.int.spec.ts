import { request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EventStoreDBClient,
  UnknownError,
  UnsupportedError,
  persistentSubscriptionToStreamSettingsFromDefaults as settings,
} from '@eventstore/db-client';
import { credentials, makeGenericClientConstructor } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type { ClusterInfo, MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import operationsServices from '@eventstore/db-client/generated/operations_grpc_pb.js';
import operationsMessages from '@eventstore/db-client/generated/operations_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import usersServices from '@eventstore/db-client/generated/users_grpc_pb.js';
import usersMessages from '@eventstore/db-client/generated/users_pb.js';
import { isServiceError } from './outcomes.ts';
import { empty } from './raw.ts';
import {
  closeClient,
  collect,
  describeEmbedded,
  numbered,
  startStoreUnderTest,
  uniqueStream,
} from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';

// CommonJS modules: their names are taken from the default export.
const gossipCalls = gossipServices;
const operationsCalls = operationsServices;
const operationMessages = operationsMessages;
const featuresCalls = featureServices;
const usersCalls = usersServices;
const userMessages = usersMessages;

let store: StoreUnderTest;
let address: string;
beforeAll(async () => {
  store = await startStoreUnderTest();
  address = `${store.host}:${store.port}`;
});
afterAll(() => store.stop());

const same = (value: Buffer): Buffer => value;

const unary = <T>(start: (done: (error: ServiceError | null, value: T) => void) => unknown) =>
  new Promise<T>((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });

const supported = async (): Promise<SupportedMethods> => {
  const client = new featuresCalls.ServerFeaturesClient(address, credentials.createInsecure());
  try {
    return await unary<SupportedMethods>((done) => client.getSupportedMethods(empty(), done));
  } finally {
    client.close();
  }
};

describe('ServerFeatures', () => {
  it('gives the version and what is served, in lower case', async () => {
    const answer = await supported();
    expect(answer.getEventStoreServerVersion()).toMatch(/^\d+\.\d+\.\d+/);
    const methods = new Map(
      answer
        .getMethodsList()
        .map((m) => [`${m.getServiceName()}/${m.getMethodName()}`, m.getFeaturesList()]),
    );
    expect([...methods.keys()]).toEqual([...methods.keys()].map((name) => name.toLowerCase()));
    expect(methods.get('event_store.client.streams.streams/read')).toEqual(['position', 'events']);
    expect(methods.get('event_store.client.streams.streams/batchappend')).toEqual([
      'deadline_duration',
    ]);
    for (const method of ['append', 'delete', 'tombstone']) {
      expect(methods.has(`event_store.client.streams.streams/${method}`)).toBe(true);
    }
  });

  if (process.env['CONTRACT_EVENTSTORE_URL'] === undefined) {
    it('does not claim what is not served', async () => {
      const names = (await supported()).getMethodsList().map((m) => m.getServiceName());
      expect(names.filter((name) => /persistent|projections|users|operations/.test(name))).toEqual(
        [],
      );
    });
  }
});

const members = async (): Promise<MemberInfo[]> => {
  const client = new gossipCalls.GossipClient(address, credentials.createInsecure());
  try {
    const info = await unary<ClusterInfo>((done) => client.read(empty(), done));
    return info.getMembersList();
  } finally {
    client.close();
  }
};

describe('Gossip', () => {
  it('shows one living leader at an address that can be reached', async () => {
    const [member, ...others] = await members();
    expect(others).toEqual([]);
    expect(member!.getState()).toBe(8);
    expect(member!.getIsAlive()).toBe(true);
    expect(member!.getInstanceId()!.hasStructured()).toBe(true);
    const seconds = BigInt(member!.getTimeStamp()) / 10_000_000n;
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(3600);
    const endPoint = member!.getHttpEndPoint()!;
    expect(endPoint.getPort()).toBe(store.port);
    const there = EventStoreDBClient.connectionString(
      `esdb://${endPoint.getAddress()}:${endPoint.getPort()}?tls=false`,
    );
    await there.appendToStream(uniqueStream('gossip'), numbered(0));
    await closeClient(there);
  });

  it('shows the same instance every time', async () => {
    const [first] = await members();
    const [second] = await members();
    expect(second!.getInstanceId()!.toObject()).toEqual(first!.getInstanceId()!.toObject());
  });

  it('is enough for a client that was given several endpoints', async () => {
    const client = EventStoreDBClient.connectionString(
      `esdb://${address},${address}?tls=false&maxDiscoverAttempts=2`,
    );
    const stream = uniqueStream('discovered');
    await client.appendToStream(stream, numbered(0));
    expect(await collect(client.readStream(stream))).toHaveLength(1);
    await closeClient(client);
  });
});

const http = (method: string, path: string, body?: string) =>
  new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
    const call = request(
      { host: store.host, port: store.port, method, path, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            type: response.headers['content-type'] ?? '',
            body: text,
          }),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });

describe('HTTP/1.1 on the same port', () => {
  it('says that it is healthy', async () => {
    const { status, body } = await http('GET', '/health/live');
    expect({ status, body }).toEqual({ status: 204, body: '' });
  });

  it.each(['/info', '/gossip', '/ping'])('answers %s in JSON', async (path) => {
    const { status, type, body } = await http('GET', path);
    expect(status).toBe(200);
    expect(type).toMatch(/^application\/json/);
    expect(typeof JSON.parse(body)).toBe('object');
  });

  it('answers a ping in the words that clients look for', async () => {
    const { body } = await http('GET', '/ping');
    expect(JSON.parse(body)).toMatchObject({
      msgTypeId: expect.any(Number),
      text: 'Ping request successfully handled',
    });
  });

  it('lets a probe choose the status that means alive', async () => {
    expect((await http('GET', '/health/live?liveCode=200')).status).toBe(200);
    expect((await http('GET', '/health/live?liveCode=nothing')).status).toBe(204);
  });

  it('answers the same over HTTP/2', async () => {
    const session = connectHttp2(`http://${store.host}:${store.port}`);
    const statuses: unknown[] = [];
    for (const path of ['/health/live', '/info', '//', '/nothing?a=%']) {
      const call = session.request({ ':path': path });
      statuses.push(
        await new Promise((resolve, reject) => {
          call.on('response', (headers) => resolve(headers[':status']));
          call.on('error', reject);
        }),
      );
      call.resume();
    }
    session.close();
    expect(statuses).toEqual([204, 200, 404, 404]);
  });

  it('gossips the same member as over gRPC', async () => {
    const gossip: unknown = JSON.parse((await http('GET', '/gossip')).body);
    expect(gossip).toMatchObject({
      members: [{ state: 'Leader', isAlive: true, httpEndPointPort: store.port }],
    });
    expect(gossip).toHaveProperty('members.length', 1);
  });

  it('does not know other paths', async () => {
    expect((await http('GET', `/${uniqueStream('nothing')}`)).status).toBe(404);
    expect((await http('POST', `/${uniqueStream('nothing')}`, '{"a":1}')).status).toBe(404);
  });

  it('serves a connection that is kept open several times', async () => {
    const statuses: number[] = [];
    for (const path of ['/ping', '/health/live', '/info']) {
      statuses.push((await http('GET', path)).status);
    }
    expect(statuses).toEqual([200, 204, 200]);
  });
});

describeEmbedded('what is not served', () => {
  it('answers unimplemented, and the store goes on', async () => {
    const { client } = store;
    const attempts: [string, () => Promise<unknown>][] = [
      ['createProjection', () => client.createProjection('p', 'fromAll()')],
      ['listProjections', () => client.listProjections()],
      ['getProjectionState', () => client.getProjectionState('p')],
    ];
    for (const [what, attempt] of attempts) {
      const error: unknown = await attempt().catch((reason: unknown) => reason);
      const unimplemented =
        error instanceof UnsupportedError ||
        (error instanceof UnknownError && Number(error.code) === 12);
      expect([what, unimplemented]).toEqual([what, true]);
    }
    await client.appendToStream(uniqueStream('goes-on'), numbered(0));
  });

  it('says so for users, operations, and names nobody knows', async () => {
    const insecure = credentials.createInsecure();
    const usersClient = new usersCalls.UsersClient(address, insecure);
    const operationsClient = new operationsCalls.OperationsClient(address, insecure);
    const Unknown = makeGenericClientConstructor({}, 'Nobody');
    const unknown = new Unknown(address, insecure);
    const call = (path: string) =>
      unary((done) => unknown.makeUnaryRequest(path, same, same, Buffer.alloc(3), done));
    const codes: unknown[] = [];
    const details: unknown[] = [];
    for (const attempt of [
      () => unary((done) => usersClient.create(new userMessages.CreateReq(), done)),
      () =>
        unary((done) =>
          operationsClient.startScavenge(new operationMessages.StartScavengeReq(), done),
        ),
      () => call('/event_store.client.streams.Streams/Nothing'),
      () => call('/nobody.Knows/This'),
    ]) {
      const error = await attempt().catch((reason: ServiceError) => reason);
      if (isServiceError(error)) codes.push(error.code);
      if (isServiceError(error)) details.push(error.details);
    }
    for (const client of [usersClient, operationsClient, unknown]) client.close();
    expect(codes).toEqual([12, 12, 12, 12]);
    const [service, method] = ['Service is unimplemented.', 'Method is unimplemented.'];
    expect(details).toEqual([service, service, method, service]);
  });

  it('persistent subscriptions are refused as unknown, not left hanging', async () => {
    const error: unknown = await store.client
      .createPersistentSubscriptionToStream(uniqueStream('p'), 'group', settings())
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    const subscription = store.client.subscribeToPersistentSubscriptionToStream('s', 'group');
    const failed = await new Promise((resolve) => subscription.on('error', resolve));
    expect([failed instanceof UnsupportedError, failed instanceof UnknownError]).toContain(true);
  });
});
