import type { VNode } from 'preact';
import { Button, TextField, type Language } from '#pages';
import type { ContactRow } from '../contacts/contact-tables.ts';
import { subscriptionWords } from './words.ts';

/** The contact of a webhook as who named it sees it; the instant is milliseconds since 1970. */
export interface ShownContact {
  readonly address: string;
  readonly state: ContactRow['state'];
  readonly namedAt: number;
}

/** Who is told when a webhook fails, and the forms that change it. */
export function ContactSection(props: {
  readonly language: Language;
  readonly contact: ShownContact | null;
  readonly mailOffered: boolean;
  /** What was typed and is wrong. */
  readonly wrong: { readonly typed: string; readonly sentence: string } | null;
  readonly doing: (what: string) => string;
}): VNode {
  const { language, contact, mailOffered, wrong, doing } = props;
  const said = subscriptionWords[language].contact;
  return (
    <section aria-labelledby="contact-title">
      <h2 id="contact-title">{said.title}</h2>
      <p>
        {contact === null ? (
          said.none
        ) : (
          <>
            <strong>{contact.address}</strong> {said.states[contact.state]}.
          </>
        )}
      </p>
      <ul class="doings">
        {mailOffered && (
          <li class="with-fields">
            <h3>{contact === null ? said.name : said.replace}</h3>
            <p>{said.why}</p>
            <form method="post" action={doing('contact')} noValidate>
              <TextField
                name="contact"
                label={said.address}
                value={wrong?.typed ?? ''}
                size={34}
                autocomplete="off"
                {...(wrong !== null && { error: wrong.sentence })}
              />
              <Button look="second">{contact === null ? said.name : said.replace}</Button>
            </form>
          </li>
        )}
        {contact !== null && (
          <li>
            <form method="post" action={doing('contact/erasure')}>
              <Button look="second">{said.erase}</Button>
            </form>
            <p>{said.eraseWhat}</p>
          </li>
        )}
      </ul>
    </section>
  );
}
