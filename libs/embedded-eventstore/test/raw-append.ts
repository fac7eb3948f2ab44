import { randomUUID } from 'node:crypto';
import type { AppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import { empty, identifier, shared, streams } from './raw.ts';

/** The first message of an Append: the stream, and any revision of it. */
export function appendHeader(stream: string): AppendReq {
  const options = new streams.AppendReq.Options();
  options.setStreamIdentifier(identifier(stream));
  options.setAny(empty());
  const request = new streams.AppendReq();
  request.setOptions(options);
  return request;
}

/** A message of an Append that holds an event; without a type it has no metadata at all. */
export function appendMessage({
  type,
  id = randomUUID(),
}: {
  type?: string;
  id?: string;
}): AppendReq {
  const proposed = new streams.AppendReq.ProposedMessage();
  const identity = new shared.UUID();
  identity.setString(id);
  proposed.setId(identity);
  if (type !== undefined) {
    proposed.getMetadataMap().set('type', type);
    proposed.getMetadataMap().set('content-type', 'application/octet-stream');
  }
  const request = new streams.AppendReq();
  request.setProposedMessage(proposed);
  return request;
}
