import type { Locale } from '../../shared/domain/locale.ts';

const en = {
  heldBy: (name: string, since: string) => `${name} has held it since ${since}.`,
  late: (dueAt: string, late: string) => `An answer was due ${dueAt}: ${late} late.`,
  due: (dueAt: string) => `An answer is due ${dueAt}.`,
  hasUntil: (until: string) => `There is time until ${until}.`,
  next: (what: string, at: string) => `If nothing happens: on ${at} ${what}.`,
  give: 'Give it to a colleague',
  giveMeans: (least: string) =>
    `They get the time that is left, at least ${least}. How late it is counts from the first deadline.`,
  giveButton: 'Give it to them',
  nobodyElse: 'Nobody else in the team can take leads.',
  away: 'away',
  full: 'has no room',
  open: (load: number, capacity: number) => `holds ${load} of ${capacity}`,
  hadIt: 'had it before',
  take: 'Take it yourself',
  takeMeans:
    'You become its holder, and nobody takes it away from you. You accept it by the link in the mail that comes next.',
  until: (name: string) => `Give ${name} more time`,
  untilMeans: 'What was to follow waits as well. That it was late stays on record; more time is given once.',
  untilButton: 'Give this time',
  pullBack: 'Pull it back',
  pullBackMeans: 'It leaves sales and goes back to nurture. New interest can bring it back.',
  neverPulledBack: 'It cannot be pulled back: this lead asked to talk. You can take it yourself.',
  choose: 'Please choose one.',
  // What became of it.
  gone: (name: string) => `It is with ${name} now, who gets a mail about it.`,
  yours: 'It is yours now. A mail with the link to accept it is on its way to you.',
  given: (name: string, until: string) => `${name} has until ${until} now, and gets a mail about it.`,
  pulledBack: 'It was pulled back from sales, and goes back to nurture.',
  already: 'That was done before; nothing has changed.',
  // What it cannot be.
  moved: 'Meanwhile somebody else holds it, so nothing was changed. Please look again.',
  notManager: 'This link is for a manager of its team. Nothing was changed.',
  noColleague: 'They cannot take it. Please choose somebody else.',
  noSuchTime: 'That time cannot be given any more. Please choose again.',
  givenBefore: 'More time was given before. Give it to a colleague, or take it yourself.',
  accepted: (name: string) => `${name} has accepted it. There is nothing more to decide here.`,
  rejected: 'It was answered: rejected. There is nothing more to decide here.',
  qualified: 'It was answered: qualified. There is nothing more to decide here.',
  closed: 'It has gone another way meanwhile. There is nothing more to decide here.',
};

export type ManageWords = typeof en;

const de: ManageWords = {
  heldBy: (name, since) => `Bei ${name} seit ${since}.`,
  late: (dueAt, late) => `Eine Antwort war fällig: ${dueAt}, ${late} überfällig.`,
  due: (dueAt) => `Eine Antwort ist fällig: ${dueAt}.`,
  hasUntil: (until) => `Zeit ist noch bis ${until}.`,
  next: (what, at) => `Wenn nichts geschieht, ${what}: ${at}.`,
  give: 'Jemand anderem im Team geben',
  giveMeans: (least) =>
    `Es bleibt die restliche Zeit, mindestens ${least}. Die Verspätung zählt weiter ab der ersten Frist.`,
  giveButton: 'Übergeben',
  nobodyElse: 'Sonst kann niemand im Team Leads übernehmen.',
  away: 'abwesend',
  full: 'ausgelastet',
  open: (load, capacity) => `${load} von ${capacity} Leads`,
  hadIt: 'hatte ihn schon',
  take: 'Selbst übernehmen',
  takeMeans:
    'Der Lead liegt dann bei Ihnen, und niemand nimmt ihn Ihnen weg. Annehmen können Sie ihn über den Link in der E-Mail, die gleich kommt.',
  until: (name) => `${name} mehr Zeit geben`,
  untilMeans:
    'Was folgen sollte, wartet ebenfalls. Dass die Frist verstrichen ist, bleibt vermerkt; mehr Zeit gibt es nur einmal.',
  untilButton: 'So viel Zeit geben',
  pullBack: 'Zurückziehen',
  pullBackMeans:
    'Der Lead verlässt den Vertrieb und geht zurück ins Nurturing. Neues Interesse kann ihn zurückbringen.',
  neverPulledBack: 'Zurückziehen geht nicht: Dieser Lead möchte sprechen. Sie können ihn selbst übernehmen.',
  choose: 'Bitte wählen Sie etwas aus.',
  gone: (name) => `Der Lead liegt jetzt bei ${name}. Eine E-Mail dazu ist unterwegs.`,
  yours: 'Der Lead liegt jetzt bei Ihnen. Eine E-Mail mit dem Link zum Annehmen ist unterwegs.',
  given: (name, until) => `${name} hat jetzt Zeit bis ${until}. Eine E-Mail dazu ist unterwegs.`,
  pulledBack: 'Der Lead wurde dem Vertrieb entzogen und geht zurück ins Nurturing.',
  already: 'Das war schon geschehen; es hat sich nichts geändert.',
  moved:
    'Inzwischen liegt der Lead bei jemand anderem, deshalb wurde nichts geändert. Bitte sehen Sie noch einmal nach.',
  notManager: 'Dieser Link ist für die Leitung des Teams. Es wurde nichts geändert.',
  noColleague: 'Diese Person kann den Lead nicht übernehmen. Bitte wählen Sie jemand anderen.',
  noSuchTime: 'So viel Zeit kann nicht mehr gegeben werden. Bitte wählen Sie noch einmal.',
  givenBefore:
    'Mehr Zeit wurde schon gegeben. Geben Sie den Lead jemand anderem, oder übernehmen Sie ihn selbst.',
  accepted: (name) => `${name} hat den Lead angenommen. Hier ist nichts mehr zu entscheiden.`,
  rejected: 'Der Lead wurde abgelehnt. Hier ist nichts mehr zu entscheiden.',
  qualified: 'Der Lead ist qualifiziert. Hier ist nichts mehr zu entscheiden.',
  closed: 'Der Lead ist inzwischen einen anderen Weg gegangen. Hier ist nichts mehr zu entscheiden.',
};

export const manageWords = (locale: Locale): ManageWords => (locale === 'de' ? de : en);
