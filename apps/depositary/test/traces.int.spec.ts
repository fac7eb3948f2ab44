import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inSpan } from '#tracing';
import { SpansUnderTest } from '../../../libs/tracing/test/spans-under-test.ts';
import { act, DeskUnderTest } from './desk-under-test.ts';

describe('the trace of an approval', () => {
  const spans = new SpansUnderTest();
  let under: DeskUnderTest;
  beforeEach(async () => {
    under = await DeskUnderTest.start();
    spans.start();
  }, 600_000);
  afterEach(async () => {
    spans.stop();
    await under.close();
  });

  it('goes on in what is recorded at once', async () => {
    const file = await under.submitted({ acts: [act('BRA')] });
    await inSpan('approve', {}, () => under.approve(file));
    expect(spans.shape).toStrictEqual([
      'append < command recordCase',
      'command recordCase < approve',
      'approve < ',
    ]);
  });

  it('goes on in what another process records when its time comes', async () => {
    const file = await under.submitted({ acts: [act('BRA')] });
    const publishAt = '2026-11-24T18:00:00.000Z';
    await inSpan('approve', {}, () => under.approve(file, { publishAt }));
    under.now = publishAt;
    expect(await (await under.another()).recorder.recordDue()).toBe(1);
    expect(spans.shape).toStrictEqual([
      'approve < ',
      'append < command recordCase',
      'command recordCase < approve',
    ]);
  });
});
