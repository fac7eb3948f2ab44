import { randomUUID } from 'node:crypto';
import type { JSONEventData } from '@eventstore/db-client';
import { jsonEvent } from '@eventstore/db-client';
import type { Row } from './raw-disk.ts';

const participants = ['FRA', 'KEN', 'BRA', 'VNM', 'EUE', 'NOR', 'EGY', 'FJI', 'CAN', 'UZB'];

/** An event of the size that a recorded deposit has, about 400 bytes of JSON with its metadata. */
export function deposit(n: number): JSONEventData {
  return jsonEvent({
    id: randomUUID(),
    type: 'instrument-deposited-v1',
    data: {
      action: `${n}`,
      participant: participants[n % participants.length],
      kind: 'ratification',
      dateOfDeposit: `20${10 + (n % 20)}-0${1 + (n % 9)}-1${n % 10}`,
      reference: `C.N.${n % 1000}.20${10 + (n % 20)}.TREATIES-XVIII.16`,
      remark: 'With a reservation to article 63, paragraph 2, made upon signature and confirmed.',
    },
    metadata: {
      actor: 'officer-7',
      correlation: '4f1f3a52-2f7c-4f5e-9a4c-6d1f3c0a2b11',
      causation: '9b0d9c7e-0e0a-4d53-8f52-0c5b7f6f0d22',
    },
  });
}

/** The same event as a row of a plain table. */
export function depositRow(n: number): Row {
  const { id, type, data, metadata } = deposit(n);
  return {
    id,
    stream: `treaty-${n % 300}`,
    revision: Math.floor(n / 300),
    type,
    data: Buffer.from(JSON.stringify({ data, metadata })),
  };
}
