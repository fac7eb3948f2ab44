import { Buffer } from 'node:buffer';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';
import { deposit } from './deposits.ts';
import { rateOf } from './figures.ts';

// CommonJS modules: their names are taken from the default export.
const shared = sharedMessages;
const streams = streamMessages;

/**
 * Events per second that the client's own classes decode, from bytes in memory to parsed JSON: no
 * server can be read faster than this through the client, and its gRPC library comes on top.
 */
export function decodingRate(): number {
  const messages = Array.from({ length: 500 }, (_, n) => encoded(n));
  return rateOf(2, () => {
    for (const message of messages) {
      const event = streams.ReadResp.deserializeBinary(message).getEvent()?.getEvent();
      JSON.parse(Buffer.from(event?.getData_asU8() ?? []).toString());
      JSON.parse(Buffer.from(event?.getCustomMetadata_asU8() ?? []).toString());
    }
    return messages.length;
  });
}

function encoded(n: number): Uint8Array {
  const { id, type, data, metadata } = deposit(n);
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  const uuid = new shared.UUID();
  uuid.setString(id);
  event.setId(uuid);
  const stream = new shared.StreamIdentifier();
  stream.setStreamName(Buffer.from('treaty-long'));
  event.setStreamIdentifier(stream);
  event.setStreamRevision(String(n));
  event.setCommitPosition(String(1000 + n));
  event.setPreparePosition(String(1000 + n));
  event.getMetadataMap().set('type', type);
  event.getMetadataMap().set('content-type', 'application/json');
  event.getMetadataMap().set('created', '17000000000000000');
  event.setData(Buffer.from(JSON.stringify(data)));
  event.setCustomMetadata(Buffer.from(JSON.stringify(metadata)));
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(event);
  read.setCommitPosition(String(1000 + n));
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response.serializeBinary();
}
