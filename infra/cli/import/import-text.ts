import { styleText } from 'node:util';
import { table } from '../replay/tables.ts';
import type { ImportReport } from './run-import.ts';

const number = (n: number): string => n.toLocaleString('en');

/** What an import came to, for people. */
export const importText = (report: ImportReport): string => {
  const { tally, rows, rejected, rejectFile, mode, mappings, resumedAfter } = report;
  return [
    '',
    heading(`${number(tally.leads)} leads in ${number(rows)} rows, as ${mode} (${mappings.join(', ')})`),
    '',
    `  engagements ${number(tally.engagements)} · profiles ${number(tally.profiles)} · companies ${number(tally.companies)} · deals ${number(tally.deals)}`,
    ...(tally.repeated > 0
      ? [`  ${number(tally.repeated)} rows repeat an id of theirs and count once.`]
      : []),
    ...(resumedAfter > 0 ? [`  Went on after ${number(resumedAfter)} events that were sent before.`] : []),
    ...(rejectFile === undefined
      ? []
      : [styleText('yellow', `  ${number(rejected)} rows were left out: see ${rejectFile}.`)]),
    ...troubles(report),
    '',
    ...waitingLines(report),
    '',
  ].join('\n');
};

const troubles = ({ unfinished, failed }: ImportReport): readonly string[] => [
  ...(unfinished === 0
    ? []
    : [styleText('red', `  ${number(unfinished)} messages still wait: score-lead does not work them off.`)]),
  ...(failed === 0
    ? []
    : [styleText('red', `  ${number(failed)} messages could not be handled: they are in its dead letters.`)]),
];

const waitingLines = ({ waiting, tally, mode }: ImportReport): readonly string[] => {
  if (waiting === undefined)
    return mode === 'live' ? ['  They are on the bus: whoever qualifies is handed off.'] : [];
  const origins = [...new Set([...Object.keys(tally.leadsByOrigin), ...Object.keys(waiting.byOrigin)])];
  const rows = origins.map((origin) => [
    origin,
    tally.leadsByOrigin[origin] ?? 0,
    waiting.byOrigin[origin] ?? 0,
  ]);
  return [
    heading(
      `${number(waiting.count)} leads would be MQLs, ${number(waiting.asked)} of them because they asked`,
    ),
    '  Earlier imports counted. Nobody was handed off or mailed: baton activate does that.',
    '',
    table(['origin', 'leads', 'would be MQLs'], rows),
    ...(waiting.first.length === 0
      ? []
      : [
          '',
          table(
            ['lead', 'engagement', 'why', 'score'],
            waiting.first.map(({ leadId, engagementId, by, score }) => [leadId, engagementId, by, score]),
            3,
          ),
        ]),
    ...(waiting.file === undefined ? [] : ['', `  All of them: ${waiting.file}`]),
  ];
};

const heading = (text: string): string => styleText('bold', text);
