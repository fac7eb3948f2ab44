import type { VNode } from 'preact';
import { DateText, ForceTag, dateInWords, type Language } from '#pages';
import type { ConditionProgress, EntryIntoForce } from '#treaty';
import { LawSentence } from './law-sentence.tsx';
import { pageWords } from './words.ts';

/** What is said of entry into force in one sentence. */
export function forceSentence(
  { state, date, ceasedOn }: Pick<EntryIntoForce, 'state' | 'date' | 'ceasedOn'>,
  language: Language,
): string {
  const said = pageWords[language].force;
  const written = date === undefined ? '' : dateInWords(date, language);
  switch (state) {
    case 'in-force':
      return said.inForceSince(written);
    case 'fixed':
      return said.willBe(written);
    case 'ceased':
      return ceasedOn === undefined ? said.unknown : said.ceased(dateInWords(ceasedOn, language));
    case 'pending':
      return said.pending;
    case 'unknown':
      return said.unknown;
  }
}

const gaugeWidth = 600;

/** How far it is to the number of instruments needed. What it shows is said in words beside it. */
function Bar({ counted, required }: { counted: number; required: number }): VNode {
  const whole = Math.max(counted, required, 1);
  const at = (count: number): string => ((count / whole) * gaugeWidth).toFixed(1);
  return (
    <svg class="gauge" viewBox={`-2 -6 ${gaugeWidth + 4} 36`} aria-hidden="true">
      <rect class="track" width={gaugeWidth} height="24" />
      <rect class="done" width={at(counted)} height="24" />
      <path class="goal" d={`M${at(required)} -6v36`} />
    </svg>
  );
}

/** The gauge to entry into force: state, how many instruments of how many, every condition and where it stands. */
export function Gauge(props: {
  readonly force: EntryIntoForce;
  readonly language: Language;
}): VNode {
  const { force, language } = props;
  const { state, counted, required, conditions, ifMetToday, article } = force;
  const said = pageWords[language].force;
  return (
    <>
      <p class="lead">
        <ForceTag state={state} language={language} /> {forceSentence(force, language)}
      </p>
      {required !== null && required > 0 && (
        <>
          <Bar counted={counted} required={required} />
          <p class="figures">
            <strong>
              {(counted > required ? said.passed : said.reached)(String(counted), String(required))}
            </strong>
            {article !== null && <span class="quiet"> ({said.article(article)})</span>}
          </p>
        </>
      )}
      <Conditions conditions={conditions} language={language} />
      {ifMetToday !== null && <p>{said.ifToday(dateInWords(ifMetToday, language))}</p>}
    </>
  );
}

/** The conditions besides the number of instruments, each with whether it is met. */
function Conditions(props: {
  readonly conditions: readonly ConditionProgress[];
  readonly language: Language;
}): VNode | null {
  const { conditions, language } = props;
  const said = pageWords[language].force;
  if (conditions.length === 0) return null;
  return (
    <ul class="conditions">
      {conditions.map(({ sentence, met, type }) => (
        <li key={`${type} ${sentence}`} class={met === null ? 'unknown' : met ? 'met' : 'unmet'}>
          <LawSentence sentence={sentence} language={language} />{' '}
          <span class="quiet">
            ({met === null ? said.notEvaluable : met ? said.met : said.unmet})
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The arithmetic, a sentence each. */
export function Arithmetic(props: {
  readonly force: EntryIntoForce;
  readonly language: Language;
}): VNode {
  const { force, language } = props;
  const said = pageWords[language].force;
  const { steps, missing, officialDate, computedDate } = force;
  return (
    <>
      {steps.length > 0 && (
        <ol>
          {steps.map((step) => (
            <li key={step}>
              <LawSentence sentence={step} language={language} />
            </li>
          ))}
        </ol>
      )}
      {missing !== null && (
        <p>
          <LawSentence sentence={missing} language={language} />
        </p>
      )}
      {officialDate !== undefined && (
        <p>
          {said.official}: <DateText date={officialDate.date} language={language} />.{' '}
          {officialDate.reason}{' '}
          {computedDate !== undefined && (
            <>
              {said.computed}: <DateText date={computedDate} language={language} />.
            </>
          )}
        </p>
      )}
    </>
  );
}
