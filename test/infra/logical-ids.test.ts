import { expect, it } from 'vitest';
import { resourcesOf, templateOf } from './synthesize.ts';

/**
 * CloudFormation knows resources by these ids. Under another one a deploy makes a new, empty resource beside the old one:
 * tables without leads, a bus that no producer knows, links to unsubscribe that lead nowhere. Add to this list; never
 * change what is in it (`renameLogicalId` of the stack keeps an id when code must move).
 */
const pinned = [
  'HandoffsAnswerHandoffDeadLettersCFB97F2C',
  'HandoffsAnswerHandoffQueue9FEE13EB',
  'HandoffsOpenHandoffDeadLettersB07A964D',
  'HandoffsOpenHandoffQueueE200C652',
  'HandoffsWatchSlaDeadLetters1DCBEC73',
  'HandoffsWatchSlaQueue6F3DAE51',
  'InputLogsBucket47BB59AC',
  'JourneysRecordJourneyDeadLetters39D89EE9',
  'JourneysRecordJourneyQueue22300A3F',
  'NoticesNotifySalesDeadLetters54E5E823',
  'NoticesNotifySalesQueue6F653537',
  'NurtureChangeConsentDeadLetters672F0257',
  'NurtureChangeConsentQueueFA10A571',
  'NurtureEnrollNurtureDeadLetters89FF4CA8',
  'NurtureEnrollNurtureQueue3C9C7AE9',
  'NurtureSendNurtureMailDeadLettersDAD710D6',
  'NurtureSendNurtureMailQueue1DFAB647',
  'PlatformBus5FD8C51A',
  'PlatformUndelivered7D376642',
  'PublicApi6461FF4B',
  'ScoringAdvanceLeadDeadLetters25778600',
  'ScoringAdvanceLeadQueueB1194881',
  'ScoringScoreLeadDeadLettersDFD8105B',
  'ScoringScoreLeadQueue596706B1',
  'SecretsConsentKeyD50C06AF',
  'SecretsHashKey3653A9F8',
  'SecretsLinkKeyC7FA32E3',
  'TablesHandoffsTable910C10A5',
  'TablesJourneysTableF46EB877',
  'TablesLeadsTable5920AB21',
  'TablesNoticesTableFDB81AD5',
  'TablesNurtureTableD32B0A43',
  'TablesPolicyTableAABFD244',
  'TablesRosterTableF5F2A90E',
];

it('what holds data or is known outside keeps its logical id', () => {
  const resources = Object.entries(resourcesOf(templateOf('prod')));
  const lasting = resources.filter(
    ([, { DeletionPolicy, Type }]) =>
      DeletionPolicy === 'Retain' || Type === 'AWS::SQS::Queue' || Type === 'AWS::Events::EventBus',
  );
  expect(lasting.map(([id]) => id).sort()).toEqual(pinned);
});
