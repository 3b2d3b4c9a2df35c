import { localTimeIn } from '../../../shared/domain/local-time.ts';
import { personOf } from '../../../shared/domain/roster.ts';
import { zoneOf } from '../../../shared/domain/staff.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { changeRoster } from '../../../shared/roster/change-roster.ts';
import { momentOf, withAbsence } from '../roster/absence.ts';
import { connectRoster, noRoster } from '../roster/connect-roster.ts';
import { UsageError } from '../usage-error.ts';

export type RosterAwayCommand = Readonly<{
  person: string;
  from?: string;
  until?: string;
  clear?: true;
  env?: string;
  json?: true;
}>;

/** Somebody is away, or is not after all. Returns the exit code; whatever stands in the way is thrown. */
export const rosterAway = async (command: RosterAwayCommand): Promise<number> => {
  const { person: id, from, until, clear, json } = command;
  if (clear ? from !== undefined || until !== undefined : until === undefined)
    throw new UsageError('Say until when with --until, or take all absences out with --clear.');
  const { environment, rosters, policy } = await connectRoster(command.env);
  const now = instantOf(Date.now());
  const { after } = await changeRoster(rosters, (current) => {
    if (current === undefined) throw noRoster(environment);
    const somebody = personOf(current, id);
    if (until === undefined || somebody === undefined) return withAbsence(current, id, undefined, now);
    const zone = zoneOf(somebody, current, policy);
    const absence = { from: from === undefined ? now : momentOf(from, zone), until: momentOf(until, zone) };
    if (absence.until <= absence.from || absence.until <= now)
      throw new UsageError('The absence ends before it begins, or is over: --until is when they are back.');
    return withAbsence(current, id, absence, now);
  });
  const changed = personOf(after, id);
  const zone = changed === undefined ? policy.zone : zoneOf(changed, after, policy);
  const spans = (changed?.away ?? []).map(
    (span) => `from ${localTimeIn(span.from, 'en', zone)} until ${localTimeIn(span.until, 'en', zone)}`,
  );
  console.log(
    json
      ? JSON.stringify({ environment, person: id, away: changed?.away ?? [] })
      : `${id} is ${spans.length === 0 ? 'not away' : `away ${spans.join(', and ')}`}: new leads go to others then.`,
  );
  return 0;
};
