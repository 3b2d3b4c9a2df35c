import { existsSync } from 'node:fs';
import type { Roster } from '../../../shared/domain/roster.ts';
import type { PublishedPolicy } from '../../../shared/ports.ts';
import { readRoster, shippedRoster } from '../seed/read-roster.ts';
import { UsageError } from '../usage-error.ts';
import { type Comparison, comparePolicies } from './compare-policies.ts';
import { type Played, playHistory } from './play-history.ts';
import { type History, readHistory } from './read-history.ts';
import { type ReplayFigures, replayFigures } from './replay-figures.ts';
import { replayPolicy, shippedPolicy } from './replay-policy.ts';

export type ReplayOptions = Readonly<{
  /** A CSV file, or a folder of them. */
  input: string;
  policy?: string;
  against?: string;
  roster?: string;
  onProgress: (message: string) => void;
}>;

export type Replay = Readonly<{
  history: History;
  figures: ReplayFigures;
  /** What another policy would have made of the same history. */
  against?: Readonly<{ figures: ReplayFigures; comparison: Comparison }>;
}>;

/** @throws UsageError or InvalidPolicyError before anything is played, if it cannot be. */
export const runReplay = async (options: ReplayOptions): Promise<Replay> => {
  const { input, policy: file = shippedPolicy, against, onProgress } = options;
  onProgress('reading the history');
  const history = await readHistory(input);
  const base = await readRules(file, history, options);
  const other = against === undefined ? undefined : await readRules(against, history, options);
  const played = await play(history, base, (date) => onProgress(`playing ${date}`));
  const figures = replayFigures(played);
  if (other === undefined) return { history, figures };
  const twin = await play(history, other, (date) => onProgress(`playing ${date} with the other policy`));
  return {
    history,
    figures,
    against: { figures: replayFigures(twin), comparison: comparePolicies(played, twin) },
  };
};

type Rules = Readonly<{ policy: PublishedPolicy; roster: Roster }>;

const readRules = async (
  file: string,
  { events }: History,
  { roster = shippedRoster }: Pick<ReplayOptions, 'roster'>,
): Promise<Rules> => {
  if (!existsSync(roster))
    throw new UsageError(`There is no roster ${roster}: name a file like infra/cli/seed/roster.yaml.`);
  // What begins at the end of a year may be due in the next.
  const years = { firstYear: yearOf(events[0]?.at), lastYear: yearOf(events.at(-1)?.at) + 1 };
  const policy = await replayPolicy(file, years);
  return { policy, roster: await readRoster(policy.policy, roster) };
};

const yearOf = (instant = ''): number => Number(instant.slice(0, 4));

const play = (
  { events }: History,
  { policy, roster }: Rules,
  onDay: (date: string) => void,
): Promise<Played> => playHistory({ events, policy, roster, onDay });
