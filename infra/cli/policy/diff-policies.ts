import type { Policy } from '../../../shared/policy/schema.ts';
import type { Section } from './describe-policy.ts';
import { diffSegments } from './describe-segments.ts';
import { diffDomains } from './diff-domains.ts';
import { diffAnswers, diffDeadlines, diffRoutes } from './diff-handoffs.ts';
import { diffCampaigns, diffTexts } from './diff-mails.ts';
import { diffScoring } from './diff-scoring.ts';
import { findChanges } from './find-changes.ts';
import { changeWords } from './value-words.ts';

/** What a change does, in words; empty where nothing is different. Every difference is said. */
export const diffPolicies = (from: Policy, to: Policy): readonly Section[] =>
  [
    { title: 'Score', lines: diffScoring(from, to) },
    { title: 'MQL', lines: diffCriteria(from, to) },
    { title: 'Mailboxes', lines: diffDomains(from, to) },
    { title: 'Segments', lines: diffSegments(from, to) },
    { title: 'Who gets the lead', lines: diffRoutes(from, to) },
    { title: 'Deadlines', lines: diffDeadlines(from, to) },
    { title: 'Qualification', lines: diffQualification(from, to) },
    { title: 'Rejected', lines: diffAnswers(from, to) },
    { title: 'Mails', lines: [...diffCampaigns(from, to), ...diffTexts(from, to)] },
    { title: 'Anything else', lines: diffRest(from, to) },
  ].filter(({ lines }) => lines.length > 0);

const diffCriteria = (from: Policy, to: Policy): readonly string[] =>
  findChanges(from.mql, to.mql, ['mql']).map((change) => {
    const [, part, field] = change.path;
    return part === 'threshold'
      ? `an MQL needs ${String(change.to)} points of ${field} instead of ${String(change.from)}; publishing itself moves nobody`
      : changeWords(change);
  });

const diffQualification = (from: Policy, to: Policy): readonly string[] =>
  findChanges(from.qualification, to.qualification, ['qualification']).map(
    (change) => `${changeWords(change)}; counts from the next time that somebody says something about a lead`,
  );

/** What the others do not tell. */
const diffRest = (from: Policy, to: Policy): readonly string[] =>
  findChanges(restOf(from), restOf(to)).map((change) => changeWords(change));

const restOf = ({
  scoring: _,
  mql: _mql,
  qualification: _qualification,
  segments: _segments,
  routing: _routing,
  sla: _sla,
  reject: _reject,
  campaigns: _campaigns,
  texts: _texts,
  domains: _domains,
  ...rest
}: Policy) => rest;
