import type { AnyEvent } from '#ledger';
import {
  treatiesAskedAbout,
  type Condition,
  type FinalClauses,
  type ParticipantEvent,
  type Recorded,
} from '#treaty';

export interface DependentTreatiesSource {
  /** What was read of the ledger so far, in order. */
  journal(): readonly Recorded<AnyEvent>[];
  /** The treaties under which a participant ever acted. */
  treatiesOf(participant: string): Iterable<string>;
}

/** Names with what was ever linked to each. */
class Links {
  private readonly byName = new Map<string, Set<string>>();

  add(name: string, linked: string): void {
    const held = this.byName.get(name);
    if (held === undefined) this.byName.set(name, new Set([linked]));
    else held.add(linked);
  }

  of(name: string): Iterable<string> {
    return this.byName.get(name) ?? [];
  }

  /** Everything that can be reached from some names, themselves included. */
  from(names: Iterable<string>): Set<string> {
    const reached = new Set(names);
    for (const name of reached) for (const linked of this.of(name)) reached.add(linked);
    return reached;
  }
}

/**
 * Which treaties an event may concern that is not their own: those whose conditions ask about its treaty, those
 * that ask about them, and those that count the participants, members or figures it changes. It holds what was
 * ever so, at any position, and so more than what is concerned: whether anything did change is computed.
 */
export class DependentTreaties {
  private readonly source: DependentTreatiesSource;
  private read = 0;
  private readonly askingAboutTreaty = new Links();
  private readonly askingAboutMembers = new Links();
  private readonly askingAboutFigures = new Links();
  private readonly samePerson = new Links();

  constructor(source: DependentTreatiesSource) {
    this.source = source;
  }

  /** Ids in order, without the event's own treaty. Nothing is computed for what nobody depends on. */
  of({ event }: Recorded<AnyEvent>): readonly string[] {
    this.readOn();
    const own = 'treaty' in event ? event.treaty : null;
    if (event.type === 'depositaryNotificationIssued') return [];
    const first = own === null ? this.treatiesOfParticipants(event as ParticipantEvent) : [own];
    const concerned = this.askingAboutTreaty.from(first);
    if (own !== null) concerned.delete(own);
    return [...concerned].toSorted();
  }

  private *treatiesOfParticipants(event: ParticipantEvent): Generator<string> {
    switch (event.type) {
      case 'participantRenamed':
        return;
      case 'attributeTableRecorded':
        yield* this.askingAboutFigures.of(event.attribute);
        return;
      case 'membershipRecorded':
        // An organization ceases to be a party with its members.
        yield* this.source.treatiesOf(event.organization);
        yield* this.askingAboutMembers.of(event.organization);
        return;
      case 'participantRegistered':
      case 'participantContinued':
      case 'participantDissolved':
        for (const code of this.samePerson.from([event.participant]))
          yield* this.source.treatiesOf(code);
    }
  }

  private readOn(): void {
    const journal = this.source.journal();
    for (; this.read < journal.length; this.read += 1) {
      const event = journal[this.read]?.event;
      switch (event?.type) {
        case 'treatyRegistered':
        case 'finalClausesRecorded':
          this.link(event.treaty, event.finalClauses);
          break;
        case 'participantContinued':
          this.samePerson.add(event.participant, event.predecessor);
          this.samePerson.add(event.predecessor, event.participant);
          break;
        default:
      }
    }
  }

  private link(treaty: string, finalClauses: FinalClauses): void {
    for (const other of treatiesAskedAbout(finalClauses)) this.askingAboutTreaty.add(other, treaty);
    for (const condition of finalClauses.entryIntoForce?.conditions ?? []) {
      for (const attribute of attributesIn(condition))
        this.askingAboutFigures.add(attribute, treaty);
      const group = condition.type === 'subset-count' ? condition.of : undefined;
      if (group !== undefined && 'membersOf' in group)
        this.askingAboutMembers.add(group.membersOf, treaty);
    }
  }
}

function attributesIn(condition: Condition): readonly string[] {
  if (condition.type === 'share') {
    const { attribute, relativeTo } = condition;
    return relativeTo === undefined ? [attribute] : [attribute, relativeTo];
  }
  if (condition.type !== 'subset-count' || condition.of === undefined) return [];
  return 'attribute' in condition.of ? [condition.of.attribute] : [];
}
