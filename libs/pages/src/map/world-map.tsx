import type { VNode } from 'preact';
import type { ParticipantStatus } from '#treaty';
import type { Language } from '../language.ts';
import { componentWords } from '../words.ts';
import { mapSize, otherLand, outlines, points } from './world.data.ts';

/** Where a participant stands, as the map shows it. */
export interface OnTheMap {
  readonly code: string;
  readonly name: string;
  readonly status: ParticipantStatus;
}

type Shown = Exclude<ParticipantStatus, 'none'>;
const shown: readonly Shown[] = ['party', 'contracting-state', 'signatory', 'former-party'];

/** Patterns, not colours alone: halves for contracting States, dots for signatories, strokes for former parties. */
const fills: Readonly<Record<Shown, string | undefined>> = {
  party: undefined,
  'contracting-state': 'url(#halves)',
  signatory: 'url(#dots)',
  'former-party': 'url(#strokes)',
};

function Patterns(): VNode {
  return (
    <defs>
      <pattern id="halves" width="4" height="4" patternUnits="userSpaceOnUse">
        <rect class="c0" width="4" height="4" />
        <rect class="c1" width="4" height="2.4" />
      </pattern>
      <pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">
        <rect class="s0" width="4" height="4" />
        <circle class="s1" cx="2" cy="2" r="1.05" />
      </pattern>
      <pattern id="strokes" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect class="f0" width="5" height="5" />
        <path class="f1" d="M-1 6L6-1M-1 1L1-1M4 6L6 4" />
      </pattern>
    </defs>
  );
}

function Shape({ code, name, status, language }: OnTheMap & { language: Language }): VNode | null {
  const title = <title>{`${name}: ${componentWords[language].statuses[status]}`}</title>;
  const outline = outlines[code];
  if (outline !== undefined) return <path d={outline}>{title}</path>;
  const point = points[code];
  if (point === undefined) return null;
  return (
    <circle cx={point[0]} cy={point[1]} r="4">
      {title}
    </circle>
  );
}

/** The land of participants that are not given, and of nobody the register knows: one path. */
const landWithout = (codes: ReadonlySet<string>): string =>
  otherLand +
  Object.entries(outlines)
    .filter(([code]) => !codes.has(code))
    .map(([, outline]) => outline)
    .join('');

/**
 * The world with where participants stand. The picture is only a picture: `summary` says it in words, and a
 * table beside it says it all.
 */
export function WorldMap(props: {
  readonly language: Language;
  readonly summary: string;
  readonly participants: readonly OnTheMap[];
}): VNode {
  const { language, summary, participants } = props;
  const said = componentWords[language];
  const drawn = participants.filter(({ status }) => status !== 'none');
  const { width, height } = mapSize;
  return (
    <figure class="map">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img">
        <title>{`${said.mapOfWorld}. ${summary}`}</title>
        <Patterns />
        <path class="land" d={landWithout(new Set(drawn.map(({ code }) => code)))} />
        {shown.map((status) => (
          <g key={status} class={status} {...(fills[status] && { fill: fills[status] })}>
            {drawn
              .filter((one) => one.status === status)
              .map((one) => (
                <Shape key={one.code} {...one} language={language} />
              ))}
          </g>
        ))}
      </svg>
      <figcaption>
        <ul class="legend">
          {shown.map((status) => (
            <li key={status}>
              <svg viewBox="0 0 28 18" aria-hidden="true">
                <g class={status} {...(fills[status] && { fill: fills[status] })}>
                  <path d="M0 0h28v18H0z" />
                </g>
              </svg>
              {said.statuses[status]}
            </li>
          ))}
          <li>
            <svg viewBox="0 0 28 18" aria-hidden="true">
              <path class="land" d="M0 0h28v18H0z" />
            </svg>
            {said.noData}
          </li>
        </ul>
        <p class="small quiet">{said.mapNote}</p>
      </figcaption>
    </figure>
  );
}
