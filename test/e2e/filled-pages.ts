import { RegisterUnderTest } from './register-under-test.ts';

export const cybercrime = '/treaties/XVIII-16';

/** A text that would do harm wherever it is not shown as text. */
export const hostileText = [
  '<script>alert("run")</script><img src=x onerror=alert(1)> </blockquote></body>',
  '',
  '=HYPERLINK("http://elsewhere.invalid";"a") "quoted" & \'apostrophe\' déjà Ωmega Щ',
].join('\n');

export interface Filled {
  readonly action: string;
  readonly corrected: string;
  readonly annulled: string;
}

/**
 * The Convention against Cybercrime with acts of every State of the register, so that its table is as long as
 * it can become; one reservation that is hostile, one record corrected, one annulled.
 */
export async function fill(register: RegisterUnderTest): Promise<Filled> {
  const actions = `/depositary${cybercrime}/actions`;
  const { body: status } = await register.get(`${cybercrime}/status`);
  const signed = new Set(
    status.participants
      .filter((row: any) => row.signature !== undefined)
      .map((row: any) => row.code),
  );
  const { body: list } = await register.get('/participants?limit=1000');
  const states: string[] = list.participants
    .filter((one: any) => one.kind === 'state')
    .map((one: any) => one.code);
  const recorded = async (act: object, path = ''): Promise<string> => {
    const { status: code, body } = await register.post(`${actions}${path}`, act);
    if (code !== 201) throw new Error(`${JSON.stringify(act)} was not recorded: ${body.detail}`);
    return body.action as string;
  };
  const deposit = async (participant: string, date: string): Promise<void> => {
    const kind = signed.has(participant) ? 'ratification' : 'accession';
    await recorded({ kind, participant, date });
  };
  // Half of them, so that signatories, contracting States and later parties stand beside each other.
  for (const [index, participant] of states.entries())
    if (!signed.has(participant) || index % 2 === 0)
      await deposit(participant, `2026-${index % 2 === 0 ? '02' : '11'}-${day(index)}`);
  const action = await recorded({
    kind: 'reservation',
    participant: 'CHE',
    date: '2026-02-07',
    text: hostileText,
  });
  await recorded({
    kind: 'objection',
    participant: 'NOR',
    date: '2026-11-10',
    relatesTo: action,
    text: hostileText,
  });
  const corrected = await recorded({
    kind: 'declaration',
    participant: 'AUT',
    date: '2026-11-09',
    text: 'Austria declares that its authority is the Federal Ministry of Justice.',
  });
  await recorded(
    { changes: { date: '2026-11-10' }, reason: 'The date of receipt was entered.' },
    `/${corrected}/corrections`,
  );
  const annulled = await recorded({
    kind: 'declaration',
    participant: 'BEL',
    date: '2026-11-09',
    text: 'Never made.',
  });
  await recorded({ reason: 'The letter was about another treaty.' }, `/${annulled}/annulment`);
  return { action, corrected, annulled };
}

const day = (index: number): string => String((index % 24) + 1).padStart(2, '0');

/** Every public page by a short name. */
export const pagesOf = ({
  action,
  corrected,
  annulled,
}: Filled): Readonly<Record<string, string>> => ({
  home: '/',
  treaties: '/treaties',
  treaty: cybercrime,
  'treaty in 2025': `${cybercrime}?asOf=2025-11-01`,
  status: `${cybercrime}/status?sort=-consent&status=signatory`,
  'entry into force': `${cybercrime}/entry-into-force`,
  actions: `${cybercrime}/actions?kind=accession&limit=20`,
  changes: `${cybercrime}/changes?from=2026-02-10&to=2026-12-31`,
  'participant in treaty': `${cybercrime}/participants/CHE`,
  reservation: `/actions/${action}`,
  'corrected action': `/actions/${corrected}`,
  'annulled action': `/actions/${annulled}`,
  'treaties filtered': '/treaties?title=cyber&state=&sort=-adoption',
  'all actions': '/actions?kind=&participant=CHE&from=2026-02-01&to=&sort=-date',
  search: '/search?q=cybercrime',
  'search in texts': '/search?q=hyperlink+elsewhere&kind=action',
  'search for nothing': '/search',
  'participants filtered': '/participants?name=swazi&kind=state',
  participants: '/participants',
  participant: '/participants/CHE',
  catalogue: '/final-clauses',
  'final clauses': '/final-clauses/paris',
  'problem code': '/problems/accession-by-signatory',
  subscribing: '/subscriptions?treaties=XVIII-16&participants=FRA&counts=30,39&kinds=accession',
  'subscribing wrongly': '/subscriptions?treaties=nowhere&counts=many',
  'wrong date': '/as-of?page=/treaties&asOf-day=30&asOf-month=2&asOf-year=2026&asKnownAt=x',
});
