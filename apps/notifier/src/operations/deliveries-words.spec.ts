import { describe, expect, it } from '@jest/globals';
import { deliveriesWords } from './deliveries-words.ts';
import { durationInWords } from './durations.ts';
import { failureInFrench } from './failure-sentences.fr.ts';

describe('a length of time', () => {
  it.each([
    [0, 'less than a second', 'moins d’une seconde'],
    [59.9, '59 seconds', '59 secondes'],
    [60, '1 minute', '1 minute'],
    [3725, '1 hour 2 minutes', '1 heure 2 minutes'],
    [90_000, '1 day 1 hour', '1 jour 1 heure'],
    [172_860, '2 days', '2 jours'],
  ])('of %d seconds is said by its two largest units', (seconds, english, french) => {
    expect(durationInWords(seconds, 'en')).toBe(english);
    expect(durationInWords(seconds, 'fr').replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(french);
  });
});

describe('a sentence on a failure', () => {
  it('is said in French with its code, and left alone when it is not known', () => {
    expect(failureInFrench('The receiver answered 503.')).toBe('Le destinataire a répondu 503.');
    expect(failureInFrench('The connection failed (ECONNRESET).')).toBe(
      'La connexion a échoué (ECONNRESET).',
    );
    expect(failureInFrench('The receiver answered 503. And more.')).toBeNull();
  });
});

describe('who is still to be told', () => {
  it.each([
    [1, 0, '1 subscriber is still to be told something.'],
    [1, 1, '1 subscriber is still to be told something, and its last attempt failed.'],
    [
      1200,
      3,
      '1,200 subscribers are still to be told something; for 3 of them the last attempt failed.',
    ],
    [
      2,
      2,
      '2 subscribers are still to be told something; for all of them the last attempt failed.',
    ],
  ])('of %d, of whom %d fail, is said as people say it', (waiting, failing, sentence) => {
    expect(deliveriesWords.en.waiting(waiting, failing)).toBe(sentence);
  });
});
