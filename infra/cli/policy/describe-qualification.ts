import { criteria } from '../../../shared/domain/qualification.ts';
import type { Policy, Prefill } from '../../../shared/policy/schema.ts';
import { listed } from './words.ts';

/** What sales is to know of a lead, and when that makes an SQL. */
export const describeQualification = ({ qualification }: Policy): readonly string[] => {
  const { prefill, accept, sql } = qualification;
  return [
    `Judged are ${listed(criteria)}: met, not met or unknown; what a person says goes before what is concluded.`,
    ...criteria.flatMap((criterion) => {
      const source = prefill[criterion];
      return source === undefined ? [] : [`  ${criterion} is ${sourceWords(source)}`];
    }),
    `Whoever accepts ${conditions([
      ...(accept.known.length === 0 ? [] : [`knows ${listed(accept.known)}`]),
      ...(accept.notNotMet.length === 0 ? [] : [`has not found ${listed(accept.notNotMet, 'or')} not met`]),
    ])}.`,
    `A lead is an SQL as soon as ${conditions([
      ...(sql.met.length === 0 ? [] : [`${listed(sql.met)} ${sql.met.length === 1 ? 'is' : 'are'} met`]),
      ...(sql.atLeast === 0 ? [] : [`at least ${sql.atLeast} of the ${criteria.length} are met`]),
      ...(sql.notNotMet.length === 0 ? [] : [`nobody has found ${listed(sql.notNotMet, 'or')} not met`]),
    ])}; saying so is not enough.`,
  ];
};

const conditions = (parts: readonly string[]): string =>
  parts.length === 0 ? 'need know nothing' : listed(parts);

const sourceWords = (source: Prefill): string => {
  switch (source.from) {
    case 'country':
      return 'met where the country is served';
    case 'role':
      return `met by the roles of ${listed(source.met, 'or')}`;
    case 'answer':
      return [
        `met by what the lead writes as ${source.field}`,
        ...(source.notMet.length === 0 ? [] : [`not met by ${listed(source.notMet.map(quoted), 'or')}`]),
        ...(source.unknown.length === 0 ? [] : [`unknown by ${listed(source.unknown.map(quoted), 'or')}`]),
      ].join('; ');
  }
};

const quoted = (words: string): string => `"${words}"`;
