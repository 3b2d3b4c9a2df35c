import type { Policy, Route } from '../../../shared/policy/schema.ts';
import { listed } from './words.ts';

/** Who gets a lead; the first line that fits. */
export const describeRoutes = ({ routing }: Policy): readonly string[] =>
  routing.map((route, i) => `${i + 1}. ${routeWords(route)}.`);

/** `a lead of the segment enterprise goes to the team enterprise` */
export const routeWords = ({ when, to }: Route): string => {
  const conditions = [
    ...flag(when.openDeal, 'with an open deal', 'without an open deal'),
    ...flag(when.customer, 'of a customer', 'of no customer'),
    ...flag(when.owned, 'of a company that has an owner', 'of a company without an owner'),
    ...flag(when.colleagueHeld, 'with a colleague whom a rep has already', 'without such a colleague'),
    ...(when.segment === undefined ? [] : [`of the segment ${listed(when.segment, 'or')}`]),
    ...(when.language === undefined ? [] : [`who reads ${when.language === 'de' ? 'German' : 'English'}`]),
    ...(when.country === undefined ? [] : [`in ${listed(when.country, 'or')}`]),
    ...flag(when.intent, 'who asks to talk', 'who does not ask to talk'),
  ];
  const who = conditions.length === 0 ? 'everybody else' : `a lead ${listed(conditions)}`;
  return `${who} goes to ${targetWords(to)}`;
};

const flag = (value: boolean | undefined, yes: string, no: string): readonly string[] =>
  value === undefined ? [] : [value ? yes : no];

const targetWords = (to: Route['to']): string => {
  switch (to.type) {
    case 'team':
      return `the team ${to.team}: to whoever there has the least to do`;
    case 'owner':
      return to.handoff === false
        ? 'no rep, and the owner of the account is told'
        : 'the owner of the account';
    case 'same-rep':
      return 'the same rep';
    case 'none':
      return 'no rep';
  }
};
