import { styleText } from 'node:util';
import type { ScoreLine } from '../../../shared/domain/score-lines.ts';
import { table } from '../replay/tables.ts';
import type { Explanation } from './explanation.ts';
import type { TimelinePage } from './timeline-page.ts';
import { standingSentences, when } from './words.ts';

const mostAssets = 3;

/** An explanation for people. `zone`: in which times are written. */
export const explainReport = (explanation: Explanation, zone: string, page?: TimelinePage): string => {
  const { leadId, at, stage, stageAt, isPast, standing, cutOff, coldAt, policy } = explanation;
  const time = (instant: string) => when(instant, zone);
  const remarks = [
    ...standingSentences(standing, zone),
    ...(cutOff === undefined ? [] : [`What it did up to ${time(cutOff)} counts no more.`]),
    ...(coldAt === undefined
      ? []
      : [`If nothing more happens, its interest is cold from ${time(coldAt)} on.`]),
    ...(isPast ? ['Stage and profile are those of now.'] : []),
    `Judged by policy ${policy.version} (${policy.hash.slice(0, 12)}, sequence ${policy.sequence})${newer(policy.newerSequence)}.`,
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

const newer = (sequence: number | undefined): string =>
  sequence === undefined ? '' : `; sequence ${sequence} is in force and judges its next change`;

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
      ['time', 'kind', 'became', 'asset', 'origin'],
      entries.map(({ occurredAt, unanchored, kind, earned, notCounted, asset = '', origin = '' }) => [
        `${when(occurredAt, zone)}${unanchored === undefined ? '' : ' (received)'}`,
        kind,
        [
          ...earned.map(({ label, by, points }) => `${points > 0 ? '+' : ''}${points} ${label} (${by})`),
          ...(notCounted === undefined ? [] : [`not counted: ${notCounted}`]),
        ].join('; '),
        asset,
        origin,
      ]),
      5,
    ),
    `Page ${page} of ${pages}; ${total} engagements, the newest first.`,
  ].join('\n');
