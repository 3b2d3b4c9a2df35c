import type { Campaign, Policy } from '../../../shared/policy/schema.ts';
import { clockTime, listed } from './words.ts';

/** Who gets which mails, on which days, and what ends that. */
export const describeCampaigns = ({ campaigns, mail }: Policy): readonly string[] => {
  const { per24h, per7d } = mail.cap;
  const { days, from, to, calendar } = mail.window;
  const bases = Object.entries(mail.consent).filter(([country]) => country !== 'default');
  return [
    `Marketing mail: at most ${per24h} in 24 hours and ${per7d} in seven days, ${listed(days)} from ${from} to ${to} in the lead's own time, not on days when ${calendar} is closed.`,
    `It needs ${mail.consent.default ?? 'consent'}${bases.length === 0 ? '' : `; ${listed(bases.map(([country, basis]) => `${basis} in ${country}`))}`}.`,
    ...Object.entries(campaigns).flatMap(([name, campaign]) => campaignWords(name, campaign)),
  ];
};

/** When it starts, and below it which mails it sends and what ends it. */
export const campaignWords = (name: string, campaign: Campaign): readonly string[] => {
  const { stream, start, unlessIntent, exitAt, exitOnContact, reentryAfter, steps } = campaign;
  const ends = [
    ...(exitAt.length > 0 ? [`at ${listed(exitAt, 'or')}`] : []),
    ...(exitOnContact ? ['when a rep has made contact'] : []),
    ...(unlessIntent ? ['when the lead asks to talk'] : []),
  ];
  return [
    `${name} (${stream}) starts when ${startWords(start)}${reentryAfter === undefined ? ', once' : `, again after ${clockTime(reentryAfter)} at the earliest`}:`,
    `  ${listed(steps.map(({ send, after }) => `${send} ${after === 0 ? 'at once' : `after ${clockTime(after)}`}`))}.${ends.length === 0 ? '' : ` It ends ${listed(ends, 'or')}.`}`,
  ];
};

const startWords = (start: Campaign['start']): string => {
  switch (start.on) {
    case 'stage':
      return `a lead becomes ${start.stage}`;
    case 'engagement':
      return `a lead does ${listed(start.kind, 'or')}`;
    case 'asked-to-talk':
      return 'a lead asks to talk';
    case 'consent-requested':
      return 'a lead is to confirm that it wants mail';
    case 'not-handed-off':
      return 'an MQL goes to no rep';
  }
};
