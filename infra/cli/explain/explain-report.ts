import { styleText } from 'node:util';
import type { ScoreLine } from '../../../shared/domain/score-lines.ts';
import { table } from '../replay/tables.ts';
import type { Explanation } from './explanation.ts';
import type { NewerPolicy } from './stored-lead.ts';
import type { TimelinePage } from './timeline-page.ts';
import { unkeptSentence } from './unkept-properties.ts';
import { standingSentences, when } from './words.ts';

const mostAssets = 3;

/** An explanation for people. `zone`: in which times are written. */
export const explainReport = (explanation: Explanation, zone: string, page?: TimelinePage): string => {
  const {
    leadId,
    at,
    stage,
    stageAt,
    isPast,
    standing,
    absorbed,
    cutOff,
    laterCutOff,
    coldAt,
    keptEngagement,
    unkept,
  } = explanation;
  const time = (instant: string) => when(instant, zone);
  const remarks = [
    ...standingSentences(standing, zone),
    ...(cutOff === undefined ? [] : [`What it did up to ${time(cutOff)} counts no more.`]),
    ...absorbed.map(
      (one) => `${one.leadId} was merged into it at ${time(one.at)}: what that one did is its own.`,
    ),
    ...(coldAt === undefined
      ? []
      : [`If nothing more happens, its interest is cold from ${time(coldAt)} on.`]),
    ...(isPast ? ['Stage and profile are those of now.'] : []),
    ...(laterCutOff === undefined
      ? []
      : [
          `It was cut off at ${time(laterCutOff)}; an earlier cut-off, if there was one, is not known any more.`,
        ]),
    ...unkept.map(unkeptSentence),
    ...(keptEngagement === undefined
      ? []
      : [
          `The lead itself keeps an engagement of ${keptEngagement.toFixed(2)}: that does not agree with its timeline.`,
        ]),
    policySentence(explanation),
  ];
  return [
    `${styleText('bold', `Lead ${leadId}`)}  ${stage} since ${time(stageAt)}`,
    `${styleText('bold', `Score ${explanation.score}`)}  at ${time(at)} ${zone}: ${sumInWords(explanation)}`,
    '',
    linesTable(explanation, zone),
    '',
    ...remarks,
    ...(page === undefined ? [] : ['', timelineTable(page, zone)]),
  ].join('\n');
};

const policySentence = ({ policy: { version, hash, sequence, newer } }: Explanation): string =>
  `Judged by policy ${version} (${hash.slice(0, 12)}, sequence ${sequence})${newer === undefined ? '' : newerInWords(newer)}.`;

const newerInWords = ({ sequence, from }: NewerPolicy): string =>
  from === 'next-change'
    ? `; sequence ${sequence} is in force and judges its next change`
    : `; sequence ${sequence} is in force and scores otherwise: with so long a timeline the lead waits for baton policy apply`;

const sumInWords = ({ engagement, fit, score }: Explanation): string => {
  const sum = engagement + fit;
  const rounded = Math.abs(sum - score) < 0.005 ? '' : `, shown and compared as ${score}`;
  return `engagement ${engagement.toFixed(2)} + fit ${fit.toFixed(2)} = ${sum.toFixed(2)}${rounded}`;
};

const linesTable = ({ lines, score, engagement, fit }: Explanation, zone: string): string =>
  table(
    ['what', 'of', 'last', 'events', 'counted', 'earned', 'faded', 'left', 'points'],
    [
      ...lines.map((line) => rowOf(line, zone)),
      ['score', '', '', '', '', '', '', (engagement + fit).toFixed(2), score],
    ],
    3,
  );

const rowOf = (line: ScoreLine, zone: string): readonly (string | number)[] => {
  const end = [line.exact.toFixed(2), line.points] as const;
  switch (line.type) {
    case 'fit':
      return [line.label.en, 'fit', '', '', '', '', '', ...end];
    case 'limit':
      return [`limit: ${line.limit}`, line.category ?? line.of, '', '', '', '', '', ...end];
    case 'rule':
    case 'pattern': {
      const counted = `${line.paid}${limitWords[line.oncePer ?? 'always']}`;
      const what = `${line.label.en}${assetsOf(line.assets)}`;
      return [
        what,
        line.category,
        when(line.lastAt, zone),
        line.events,
        counted,
        line.earned,
        line.faded.toFixed(2),
        ...end,
      ];
    }
  }
};

const limitWords = {
  always: '',
  day: ', once per day',
  week: ', once per week',
  month: ', once per month',
  asset: ', once per asset',
  ever: ', once for ever',
} as const;

const assetsOf = (assets: readonly string[]): string => {
  if (assets.length === 0) return '';
  const more = assets.length - mostAssets;
  return ` (${assets.slice(0, mostAssets).join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
};

const timelineTable = ({ entries, page, pages, total }: TimelinePage, zone: string): string =>
  [
    table(
      ['time', 'kind', 'became', 'asset', 'origin', 'id'],
      entries.map(({ id, occurredAt, unanchored, kind, earned, notCounted, asset = '', origin = '' }) => [
        `${when(occurredAt, zone)}${unanchored === undefined ? '' : ' (received)'}`,
        kind,
        [
          ...earned.map(({ label, by, points }) => `${points > 0 ? '+' : ''}${points} ${label} (${by})`),
          ...(notCounted === undefined ? [] : [`not counted: ${notCounted}`]),
        ].join('; '),
        asset,
        origin,
        id,
      ]),
      6,
    ),
    `Page ${page} of ${pages}; ${total} engagements, the newest first.`,
  ].join('\n');
