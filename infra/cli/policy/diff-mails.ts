import type { Policy } from '../../../shared/policy/schema.ts';
import { campaignWords } from './describe-campaigns.ts';
import { compareEntries, findChanges } from './find-changes.ts';
import { listed } from './words.ts';

/** Campaigns go another way. */
export const diffCampaigns = ({ campaigns }: Policy, to: Policy): readonly string[] => {
  const { added, removed, changed } = compareEntries(
    Object.entries(campaigns),
    Object.entries(to.campaigns),
    ([name]) => name,
  );
  const say = ([name, campaign]: (typeof added)[number]) =>
    campaignWords(name, campaign)
      .map((line) => line.trim())
      .join(' ');
  return [
    ...added.map((campaign) => `the campaign ${campaign[0]} is new: ${say(campaign)}`),
    ...removed.map(([name]) => `the campaign ${name} is gone: leads in it get no more of its mails`),
    ...changed.map(
      (campaign) =>
        `the campaign ${campaign.to[0]} now says: ${say(campaign.to)} Before: ${say(campaign.from)} Leads in it take the new steps from their next mail on`,
    ),
  ];
};

const languages: Readonly<Record<string, string>> = { en: 'English', de: 'German' };

/** Mails read differently. */
export const diffTexts = ({ texts }: Policy, to: Policy): readonly string[] => {
  const { added, removed, changed } = compareEntries(
    Object.entries(texts),
    Object.entries(to.texts),
    ([name]) => name,
  );
  return [
    ...added.map(([name]) => `the text ${name} is new`),
    ...removed.map(([name]) => `the text ${name} is gone`),
    ...changed.map(({ from: [, before], to: [name, after] }) => {
      const changes = findChanges(before, after);
      const where = new Set(changes.map(({ path: [locale = ''] }) => languages[locale] ?? locale));
      return `the text ${name} reads differently in ${listed([...where])}`;
    }),
  ];
};
