import { existsSync } from 'node:fs';
import type { Roster } from '../../../shared/domain/roster.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { readRoster, shippedRoster } from '../seed/read-roster.ts';
import { UsageError } from '../usage-error.ts';
import { chosenCalendar } from './chosen-calendar.ts';
import { type Comparison, comparePolicies } from './compare-policies.ts';
import { type Played, playHistory } from './play-history.ts';
import { type History, readHistory } from './read-history.ts';
import { type ReplayFigures, replayFigures } from './replay-figures.ts';
import { replayPolicy, shippedPolicy } from './replay-policy.ts';
import { type WaitFigures, waitFigures } from './wait-figures.ts';

export type ReplayOptions = Readonly<{
  /** A CSV or JSONL file, or a folder of them. */
  input: string;
  /** A file, or the name of one that ships. Absent: one that knows the columns. */
  mapping?: string;
  /** Of the policy: whose open hours are counted. Absent: its first. */
  calendar?: string;
  policy?: string;
  against?: string;
  roster?: string;
  onProgress: (message: string) => void;
}>;

export type Replay = Readonly<{
  history: History;
  figures: ReplayFigures;
  waits: WaitFigures;
  /** What another policy would have made of the same history. */
  against?: Readonly<{ figures: ReplayFigures; comparison: Comparison }>;
}>;

/** @throws UsageError or InvalidPolicyError before anything is played, if it cannot be. */
export const runReplay = async (options: ReplayOptions): Promise<Replay> => {
  const { input, mapping, policy: file = shippedPolicy, against, onProgress } = options;
  onProgress('reading the history');
  const history = await readHistory(input, mapping);
  const base = await readRules(file, history, options);
  const calendar = chosenCalendar(base.policy.policy, options.calendar);
  const other = against === undefined ? undefined : await readRules(against, history, options);
  const played = await play(history, base, (date) => onProgress(`playing ${date}`));
  const figures = replayFigures(played);
  const waits = waitFigures(history.waits, played.handoffs, calendar);
  if (other === undefined) return { history, figures, waits };
  const twin = await play(history, other, (date) => onProgress(`playing ${date} with the other policy`));
  return {
    history,
    figures,
    waits,
    against: { figures: replayFigures(twin), comparison: comparePolicies(played, twin) },
  };
};

type Rules = Readonly<{ policy: PublishedPolicy; roster: Roster }>;

const readRules = async (
  file: string,
  { events, answers }: History,
  { roster = shippedRoster }: Pick<ReplayOptions, 'roster'>,
): Promise<Rules> => {
  if (!existsSync(roster))
    throw new UsageError(`There is no roster ${roster}: name a file like infra/cli/seed/roster.yaml.`);
  // What begins at the end of a year may be due in the next.
  const lastYear = Math.max(yearOf(events.at(-1)?.at), yearOf(answers.at(-1)?.at)) + 1;
  const years = { firstYear: yearOf(events[0]?.at), lastYear };
  const policy = await replayPolicy(file, years);
  return { policy, roster: await readRoster(policy.policy, roster) };
};

const yearOf = (instant = ''): number => Number(instant.slice(0, 4));

const play = (
  { events, answers }: History,
  { policy, roster }: Rules,
  onDay: (date: string) => void,
): Promise<Played> => playHistory({ events, answers, policy, roster, onDay });
