import type { VNode } from 'preact';
import {
  Button,
  inLanguage,
  Notice,
  Radios,
  SelectField,
  Suggestions,
  TextField,
  unLanguages,
  pageLanguages,
  type FormFault,
  type Language,
} from '#pages';
import { actionKinds, type ActionFamily, type ActionKind } from '#treaty';
import { topics } from '../subscribers/filter.ts';
import { labelOf } from '../words/sentences.ts';
import { Boxes, Lines, Part } from './form-fields.tsx';
import { SubscriptionFrame, type SubscriptionPage } from './frame.tsx';
import type { Suggested } from './register-names.ts';
import type { Line, Typed } from './subscribe-form.ts';
import { subscriptionWords, type SubscriptionWords } from './words.ts';

/** What the form is made from. */
export interface SubscribeForm extends SubscriptionPage {
  readonly mailOffered: boolean;
  readonly typed: Typed;
  readonly faults: readonly FormFault[];
  /** The list of which one more line was asked for. */
  readonly more: string | null;
  /** What is in the way of the whole form, and will not be in a moment. */
  readonly notice: string | null;
  readonly suggested: Suggested;
  /** What a line of a list is taken for, in words; null where it says so itself. */
  readonly recognised: Readonly<
    Record<'treaties' | 'participants', (value: string) => string | null>
  >;
}

interface Fields extends SubscribeForm {
  readonly said: SubscriptionWords['form'];
  readonly errorOf: (field: string) => { error?: string };
  readonly action: string;
}

/** The form that makes a subscription: how, what and when one is told. */
export function SubscribePage(form: SubscribeForm): VNode {
  const { language, faults, notice } = form;
  const words = subscriptionWords[language];
  const said = words.form;
  const errorOf = (field: string): { error?: string } => {
    const fault = faults.find((one) => one.field === field);
    return fault === undefined ? {} : { error: fault.sentence };
  };
  const action = inLanguage('/subscriptions', language);
  const fields = { ...form, said, errorOf, action };
  return (
    <SubscriptionFrame {...form} title={words.title} first>
      <h1>{words.title}</h1>
      {notice !== null && (
        <Notice tone="warn" alert>
          <p>{notice}</p>
        </Notice>
      )}
      <p class="lead">{words.lead}</p>
      <p>{words.consent}</p>
      <Feeds language={language} />
      <form method="post" noValidate action={action} class="subscribing">
        {/* Enter in a line of text presses the first button of a form. */}
        <button type="submit" class="hidden" tabIndex={-1} aria-hidden="true">
          {said.subscribe}
        </button>
        <How {...fields} />
        <What {...fields} />
        <When {...fields} />
        <div class="buttons">
          <Button>{said.subscribe}</Button>
        </div>
      </form>
    </SubscriptionFrame>
  );
}

/** What can be followed without a subscription. */
function Feeds({ language }: { readonly language: Language }): VNode {
  const said = subscriptionWords[language];
  const links = [
    [said.feed, '/actions.atom'],
    [said.notificationsFeed, '/notifications.atom'],
    [said.calendar, '/calendar.ics'],
  ] as const;
  return (
    <div class="quiet small">
      <p>{said.feeds}</p>
      <ul class="downloads">
        {links.map(([label, path]) => (
          <li key={path}>
            <a href={inLanguage(path, language)}>{label}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function How(props: Fields): VNode {
  const { said, typed, mailOffered, errorOf } = props;
  return (
    <Part legend={said.how}>
      {mailOffered ? (
        <Radios
          name="channel"
          label={said.channel}
          value={typed.channel}
          choices={[
            { value: 'mail', label: said.mail },
            { value: 'webhook', label: said.webhook },
          ]}
          {...errorOf('channel')}
        />
      ) : (
        <>
          <p>{said.mailNotOffered}</p>
          <input type="hidden" name="channel" value="webhook" />
        </>
      )}
      <Target {...props} />
      {mailOffered && (
        <div class="only-mail">
          <SelectField
            name="language"
            label={said.language}
            value={typed.language}
            choices={pageLanguages.map((value) => ({
              value,
              label: unLanguages[value]?.name ?? value,
            }))}
            {...errorOf('language')}
          />
        </div>
      )}
      {!mailOffered && <input type="hidden" name="language" value={typed.language} />}
      <div class="only-webhook">
        {mailOffered && (
          <TextField
            name="contact"
            label={said.contact}
            hint={said.contactHint}
            value={typed.contact}
            autocomplete="off"
            {...errorOf('contact')}
          />
        )}
        <Radios
          name="mac"
          label={said.mac}
          hint={said.macHint}
          value={typed.mac}
          choices={[
            { value: 'v1', label: said.v1 },
            { value: 'v1a', label: said.v1a },
          ]}
          {...errorOf('mac')}
        />
      </div>
    </Part>
  );
}

/** The address; its hint is that of the channel which is chosen, where a browser can tell. */
function Target({ said, typed, mailOffered, errorOf }: Fields): VNode {
  const { error } = errorOf('target');
  const described = error === undefined ? 'target-hint' : 'target-hint target-error';
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for="target">{said.target}</label>
      <p class="hint" id="target-hint">
        {mailOffered && <span class="only-mail">{said.targetMail} </span>}
        <span class="only-webhook">{said.targetWebhook}</span>
      </p>
      {error !== undefined && (
        <p class="error" id="target-error">
          {error}
        </p>
      )}
      <input
        type="text"
        class="wide"
        id="target"
        name="target"
        value={typed.target}
        required
        maxLength={2000}
        autoComplete={mailOffered ? 'email' : 'url'}
        autoCapitalize="off"
        spellcheck={false}
        aria-describedby={described}
        {...(error !== undefined && { 'aria-invalid': 'true' as const })}
      />
    </div>
  );
}

function What(props: Fields): VNode {
  const { language, said, typed, suggested, recognised, more, action, errorOf } = props;
  const lines = { action, errorOf: (id: string) => errorOf(id).error };
  return (
    <Part legend={said.what}>
      <Boxes
        name="topics"
        label={said.topics}
        hint={said.topicsHint}
        choices={topics.map((value) => ({
          value,
          label: subscriptionWords[language].topics[value],
        }))}
        ticked={typed.topics}
        {...errorOf('topics')}
      />
      <Lines
        {...lines}
        name="treaties"
        legend={said.treaties}
        hint={said.treatiesHint}
        labelOf={said.treaty}
        another={said.anotherTreaty}
        values={typed.treaties}
        more={more === 'treaties'}
        list="known-treaties"
        asks={suggested.treaties.length === 0 ? 'treaty' : null}
        recognised={recognised.treaties}
      />
      <Lines
        {...lines}
        name="participants"
        legend={said.participants}
        hint={said.participantsHint}
        labelOf={said.participant}
        another={said.anotherParticipant}
        values={typed.participants}
        more={more === 'participants'}
        list="known-participants"
        asks={suggested.participants.length === 0 ? 'participant' : null}
        recognised={recognised.participants}
      />
      <Suggestions id="known-treaties" choices={suggested.treaties} />
      <Suggestions id="known-participants" choices={suggested.participants} />
      <Kinds {...props} />
    </Part>
  );
}

const families: readonly ActionFamily[] = [
  'consent',
  'signature',
  'signature-and-consent',
  'statement',
  'territory',
  'provisional-application',
  'withdrawal-from-treaty',
  'withdrawal-of-act',
];
const kinds = Object.keys(actionKinds) as ActionKind[];

/** All kinds of actions in groups; closed until some are chosen, because most people want all. */
function Kinds({ language, said, typed, errorOf }: Fields): VNode {
  const { error } = errorOf('kinds');
  return (
    <details class="kinds" open={typed.kinds.length > 0 || error !== undefined}>
      <summary>{said.onlyKinds}</summary>
      <p class="hint">{said.kindsHint}</p>
      {error !== undefined && <p class="error">{error}</p>}
      <div class="groups">
        {families.map((family, index) => (
          <Boxes
            key={family}
            name="kinds"
            label={said.families[family]}
            firstId={index === 0 ? 'kinds' : `kinds-of-${family}`}
            choices={kinds
              .filter((kind) => actionKinds[kind].family === family)
              .map((kind) => ({ value: kind, label: labelOf(kind, language) }))}
            ticked={typed.kinds}
          />
        ))}
      </div>
    </details>
  );
}

function When(props: Fields): VNode {
  const { said, typed, mailOffered, errorOf } = props;
  const numbers = (name: Extract<Line, 'counts' | `${string}InDays`>): VNode => (
    <TextField
      name={name}
      label={said[name]}
      hint={said[`${name}Hint`]}
      value={typed[name]}
      size={24}
      autocomplete="off"
      {...errorOf(name)}
    />
  );
  return (
    <Part legend={said.when}>
      {mailOffered && (
        <div class="only-mail">
          <Radios
            name="rhythm"
            label={said.rhythm}
            value={typed.rhythm}
            choices={(['immediate', 'daily', 'weekly'] as const).map((value) => ({
              value,
              label: said.rhythms[value],
            }))}
            {...errorOf('rhythm')}
          />
          <div class="only-digest">
            <TextField
              name="timeZone"
              label={said.timeZone}
              hint={said.timeZoneHint}
              value={typed.timeZone}
              size={24}
              autocomplete="off"
              list="time-zones"
              {...errorOf('timeZone')}
            />
          </div>
          <Suggestions id="time-zones" choices={timeZones} />
        </div>
      )}
      <p class="only-webhook">{said.webhookAtOnce}</p>
      <fieldset class="field ahead" aria-describedby="ahead-hint">
        <legend>{said.ahead}</legend>
        <p class="hint" id="ahead-hint">
          {said.aheadHint}
        </p>
        {numbers('counts')}
        {numbers('inForceInDays')}
        {numbers('signatureClosesInDays')}
      </fieldset>
    </Part>
  );
}

const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({
  value,
  label: '',
}));
