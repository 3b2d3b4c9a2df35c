import { styleText } from 'node:util';
import { table } from '../replay/tables.ts';
import type { FailedSeed, Simulation } from './run-simulation.ts';

const linesShown = 200;

/** What was played and what was broken, as a table for people. */
export const simulationReport = ({
  histories,
  events,
  facts,
  lostFacts,
  rescued,
  mails,
  chunks,
  markers,
  broken,
}: Simulation) =>
  table(
    ['', 'count'],
    [
      ['histories', histories],
      ['events, commands and answers', events],
      ['facts', facts],
      ['facts that got lost on the way', lostFacts],
      ['rescued by reconcile', rescued],
      ['mails', mails],
      ['stretches of timelines that were moved away', chunks],
      ['late engagements that were', markers],
      ['lost events', broken.lost],
      ['events that counted twice', broken.doublePoints],
      ['wrong scores', broken.wrongScore],
      ['missed escalations', broken.missedEscalations],
      ['double escalations', broken.doubleEscalations],
      ['alarms after the answer', broken.alarmsAfterAnswer],
      ['other broken promises', broken.other],
    ],
  );

/** A history that failed: what it broke, its last steps before the end, and how to play it alone. */
export const failedSeedReport = ({ seed, broken, story }: FailedSeed): string => {
  const concerned = storyAbout(
    story,
    broken.flatMap(({ text }) => text.match(/\b(?:h-[\w-]{22}|l[\w-]{22}|[ep]-\d+-\d+)/g) ?? []),
  );
  const shown = concerned.slice(-linesShown);
  return [
    styleText('red', `Seed ${seed} breaks ${broken.length} ${broken.length === 1 ? 'promise' : 'promises'}:`),
    ...broken.map(({ promise, text }) => `  ${promise}: ${text}`),
    ...(shown.length < story.length ? [`  (${shown.length} of ${story.length} steps)`] : []),
    ...shown.map(({ at, text }) => `  ${at}  ${text}`),
    `  npx baton simulate --seed ${seed}`,
  ].join('\n');
};

/** Steps that name what was broken, and faults; all of them where nothing is named. */
const storyAbout = (story: FailedSeed['story'], ids: readonly string[]): FailedSeed['story'] =>
  ids.length === 0
    ? story
    : story.filter(
        ({ text }) => !/\b(?:h-[\w-]{22}|l[\w-]{22})/.test(text) || ids.some((id) => text.includes(id)),
      );
