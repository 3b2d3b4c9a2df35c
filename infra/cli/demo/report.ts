import { styleText } from 'node:util';
import type { Figures } from './figures.ts';

const width = 40;

/** What a run came to, for people. */
export const reportText = (figures: Figures, broken: readonly string[]): string => {
  const { events, stages, handoffs, escalations, mails } = figures;
  return [
    '',
    heading(`Ten days of ${figures.leads} leads, played in ${figures.seconds} seconds`),
    '',
    `  ${events.sent} events sent, ${events.distinct} of them distinct: ${events.scored} scored, ${events.duplicates} copies recognised,`,
    `  ${events.rejected} rejected, ${events.lost} lost.`,
    '',
    heading('Where the leads are now'),
    ...Object.entries(stages).map(([stage, count]) => bar(stage, count, figures.leads)),
    '',
    heading('Handoffs to sales'),
    bar('opened', handoffs.opened, handoffs.opened),
    bar('accepted', handoffs.accepted, handoffs.opened),
    bar('rejected', handoffs.rejected, handoffs.opened),
    bar('withdrawn', handoffs.withdrawn, handoffs.opened),
    bar('breached', handoffs.breached, handoffs.opened),
    `  ${handoffs.none} more were recorded for nobody to answer.`,
    '',
    heading('What was decided as accept deadlines neared and passed'),
    ...Object.entries(escalations).map(([name, count]) =>
      bar(name === 'pullBack' ? 'pull back' : name, count, Math.max(1, escalations.remind)),
    ),
    '',
    heading('Mails'),
    `  marketing ${mails.marketing.en} en, ${mails.marketing.de} de · service ${mails.service} · to sales ${mails.internal}`,
    '',
    `  dead letters ${figures.dlq} · rescues ${figures.rescues}`,
    '',
    ...(broken.length === 0
      ? [styleText('green', 'Every promise was kept.')]
      : broken.map((sentence) => styleText('red', `Broken: ${sentence}`))),
    '',
  ].join('\n');
};

const heading = (text: string): string => styleText('bold', text);

const bar = (name: string, count: number, whole: number): string => {
  const length = whole === 0 ? 0 : Math.round((count / whole) * width);
  // What is there at all is to be seen.
  const shown = '█'.repeat(Math.min(width, count > 0 ? Math.max(1, length) : 0));
  return `  ${name.padEnd(13)}${styleText('cyan', shown.padEnd(width))} ${String(count).padStart(5)}`;
};
