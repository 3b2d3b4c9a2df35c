import { describe, expect, it } from 'vitest';
import { readDigest } from '../support/notice-states.ts';
import { notifyWorld } from '../support/notify-world.ts';
import { aHandoff, aLeadView, aRoster, monday } from '../support/sales.ts';
import {
  accepted,
  breached,
  escalated,
  givenUntil,
  opened,
  pulledBack,
  reassigned,
  rejected,
  reminded,
  repAlerted,
} from '../support/sales-facts.ts';

const minuteLater = '2026-11-23T10:01:00.000Z';

describe('offers and reminders', () => {
  it('offers a handoff to its holder, with links for this assignment that live on for 14 days', async () => {
    const world = notifyWorld();
    await world.setUp();
    expect(await world.notify(opened())).toBe('told');
    const [mail] = world.mailsTo('rita', 'handoff-offered');
    expect(mail?.stream).toBe('internal');
    expect(mail?.headers).toBeUndefined();
    const token = encodeURIComponent('answer.{"handoff":"h-1","assignment":1}.2026-12-07T10:00:00.000Z');
    expect(mail?.text).toContain(`https://baton.example/handoffs/answer?t=${token}&a=accept`);
  });

  it('tells a holder who was given more time until when, with links to answer', async () => {
    const world = notifyWorld({ handoffs: [aHandoff({ answerBy: '2026-11-24T10:00:00.000Z' })] });
    await world.setUp();
    expect(await world.notify(givenUntil())).toBe('told');
    const [mail] = world.mailsTo('rita', 'handoff-reminder');
    expect(mail?.text).toContain('/handoffs/answer?t=');
  });

  it('sends nothing for a lead that nobody is to get', async () => {
    const world = notifyWorld({ handoffs: [aHandoff({ status: 'closed' })] });
    await world.setUp();
    expect(await world.notify({ ...opened({ none: 'customer' }), holder: undefined })).toBe('nobody');
    expect(world.mails).toEqual([]);
  });

  it.each([
    ['an offer of an answered handoff', opened(), aHandoff({ status: 'accepted' })],
    ['an offer of a closed handoff', opened(), aHandoff({ status: 'closed' })],
    ['an offer to an earlier holder', opened(), aHandoff({ assignment: 2, holder: 'ron' })],
    ['more time for an answered handoff', givenUntil(), aHandoff({ status: 'accepted' })],
    ['more time for an earlier holder', givenUntil(), aHandoff({ assignment: 2, holder: 'ron' })],
    ['a reminder of an answered handoff', reminded(), aHandoff({ status: 'accepted' })],
    ['a reminder of an earlier holder', reminded(), aHandoff({ assignment: 2, holder: 'ron' })],
    [
      'a reminder of a contact that was made',
      reminded({ deadline: 'firstContact' }),
      aHandoff({ status: 'accepted', contactedAt: monday }),
    ],
  ])('does not send %s', async (_, fact, handoff) => {
    const world = notifyWorld({ handoffs: [handoff] });
    await world.setUp();
    expect(await world.notify(fact)).toBe('outdated');
    expect(world.mails).toEqual([]);
  });

  it('reminds of later deadlines without links to answer', async () => {
    const world = notifyWorld({ handoffs: [aHandoff({ status: 'accepted' })] });
    await world.setUp();
    await world.notify(reminded({ deadline: 'qualify' }));
    expect(world.mailsTo('rita', 'handoff-reminder')[0]?.text).toBe('l-1\n');
  });

  it('offers a reassigned handoff to the new holder and tells the old one', async () => {
    const world = notifyWorld({ handoffs: [aHandoff({ assignment: 2, holder: 'ron' })] });
    await world.setUp();
    await world.notify(reassigned());
    expect(world.mailsTo('ron', 'handoff-offered')).toHaveLength(1);
    expect(world.mailsTo('rita', 'handoff-moved')).toHaveLength(1);
  });

  it('writes to the manager where the rep has left', async () => {
    const roster = aRoster();
    const people = roster.people.filter(({ id }) => id !== 'rita');
    const world = notifyWorld({ roster: { ...roster, people } });
    await world.setUp();
    await world.notify(opened());
    expect(world.mailsTo('mia', 'handoff-offered')).toHaveLength(1);
  });

  it('alerts a rep at once, also without any handoff', async () => {
    const world = notifyWorld({ view: aLeadView({ leadId: 'l-1', stage: 'customer' }) });
    await world.setUp();
    await world.notify(repAlerted());
    expect(world.mailsTo('ron', 'lead-asked')).toHaveLength(1);
  });

  it.each([
    [{ reason: 'sql' }, 'sql-asked'],
    [{ reason: 'hot' }, 'sql-hot'],
    [{ reason: 'customer', owner: true }, 'owner-alert'],
    [{ reason: 'customer' }, 'lead-asked'],
    [{ reason: 'accepted' }, 'lead-asked'],
  ] as const)('tells by the mail itself whom it is about: %j', async (over, text) => {
    const world = notifyWorld();
    await world.setUp();
    await world.notify(repAlerted(over));
    expect(world.mailsTo('ron', text)).toHaveLength(1);
    expect(world.mails).toHaveLength(1);
  });
});

describe('late handoffs', () => {
  it('tells the manager of a hot one at once, in the chat and as a metric', async () => {
    const world = notifyWorld({ handoffs: [aHandoff({ priority: 'hot' })] });
    await world.setUp();
    await world.notify(breached({ priority: 'hot' }));
    const [mail] = world.mailsTo('mia', 'handoff-breached');
    expect(mail?.replyTo).toBe('rita@ours.example');
    expect(world.metrics.values.get('HandoffBreaches')).toEqual([1]);
    expect(JSON.parse(world.topic.alerts[0]?.message ?? '')).toMatchObject({
      version: '1.0',
      source: 'custom',
      metadata: { threadId: 'h-1', eventType: 'HandoffBreached' },
    });
  });

  it('says nothing personal in the chat', async () => {
    const world = notifyWorld();
    await world.setUp();
    await world.notify(breached());
    await world.notify(escalated());
    expect(JSON.stringify(world.topic.alerts)).not.toMatch(/Johanna|Weber|@|Rita Rep|Mia/);
  });

  it('gathers normal ones of one manager into one mail', async () => {
    const handoffs = ['h-1', 'h-2'].map((id) => aHandoff({ id }));
    const world = notifyWorld({ handoffs });
    await world.setUp();
    await world.notify(breached({ leadId: 'l-1' }));
    await world.notify(breached({ factId: 'f-2', handoffId: 'h-2', leadId: 'l-2' }));
    expect(world.mails).toEqual([]);
    expect(await world.tellDigest('mia')).toBe('nothing-due');

    world.clock.at = minuteLater;
    expect(await world.tellDigest('mia')).toBe('told');
    expect(world.mailsTo('mia', 'handoff-digest').map(({ text }) => text)).toEqual(['l-1 l-2\n']);
    expect(await world.tellDigest('mia')).toBe('nothing-due');
  });

  it('sends a single one as a mail of its own', async () => {
    const world = notifyWorld();
    await world.setUp();
    await world.notify(breached());
    world.clock.at = minuteLater;
    await world.tellDigest('mia');
    expect(world.mailsTo('mia', 'handoff-breached')).toHaveLength(1);
  });

  it('tells them however old they are, and answered or not', async () => {
    const world = notifyWorld({ handoffs: [aHandoff({ status: 'closed' })] });
    await world.setUp();
    world.clock.at = '2026-12-23T10:00:00.000Z';
    expect(await world.notify(breached())).toBe('told');
    expect((await readDigest(world.notices, 'mia')).map(({ factId }) => factId)).toEqual(['f-breached']);
  });

  it('escalates to the next manager', async () => {
    const world = notifyWorld();
    await world.setUp();
    await world.notify(escalated());
    expect(world.mailsTo('nora', 'handoff-escalated')).toHaveLength(1);
  });

  it('tells the manager of one that was pulled back', async () => {
    const world = notifyWorld({ handoffs: [aHandoff({ status: 'closed' })] });
    await world.setUp();
    await world.notify(pulledBack());
    expect(world.mailsTo('mia', 'handoff-pulled-back')).toHaveLength(1);
  });

  it.each([['accepted', accepted()] as const, ['rejected', rejected()] as const])(
    'tells all who knew that it is late when it is %s',
    async (_, fact) => {
      const world = notifyWorld();
      await world.setUp();
      await world.notify(breached());
      await world.notify(escalated());
      await world.notify(fact);
      expect(world.mailsTo('mia', 'handoff-closed')).toHaveLength(1);
      expect(world.mailsTo('nora', 'handoff-closed')).toHaveLength(1);
    },
  );

  it('has nothing to close where nobody was told', async () => {
    const world = notifyWorld();
    await world.setUp();
    expect(await world.notify(accepted({ late: false }))).toBe('nobody');
  });

  it('does not tell a manager of their own answer', async () => {
    const world = notifyWorld();
    await world.setUp();
    await world.notify(breached());
    expect(await world.notify(accepted({ by: 'mia' }))).toBe('nobody');
  });

  it('fails where no manager is known any more', async () => {
    const roster = aRoster();
    const people = roster.people.filter(({ id }) => !['mia', 'nora'].includes(id));
    const world = notifyWorld({ roster: { ...roster, people } });
    await world.setUp();
    await expect(world.notify(breached())).rejects.toThrow('no manager');
  });
});

describe('mails that do not leave', () => {
  it.each(['throttled', 'quota', 'unknown'] as const)(
    'fails on "%s", gives the other notices, and sends when it comes again',
    async (type) => {
      let down = true;
      const world = notifyWorld({
        outcomeOf: () => (down ? { type } : { type: 'sent', messageId: 'm' }),
      });
      await world.setUp();
      await expect(world.notify(breached({ priority: 'hot' }))).rejects.toThrow('1 notices');
      expect(world.topic.alerts).toHaveLength(1);
      down = false;
      await world.notify(breached({ priority: 'hot' }));
      expect(world.mailsTo('mia', 'handoff-breached')).toHaveLength(1);
      expect(world.topic.alerts).toHaveLength(1);
    },
  );

  it('takes it as done where the environment may not write to somebody', async () => {
    const world = notifyWorld({ outcomeOf: () => ({ type: 'refused', code: 'not-on-allow-list' }) });
    await world.setUp();
    expect(await world.notify(opened())).toBe('told');
    expect(await world.notify(opened())).toBe('already-told');
  });

  it('keeps a digest that could not be sent', async () => {
    const world = notifyWorld({ outcomeOf: () => ({ type: 'throttled' }) });
    await world.setUp();
    await world.notify(breached());
    world.clock.at = minuteLater;
    await expect(world.tellDigest('mia')).rejects.toThrow('throttled');
    expect(await readDigest(world.notices, 'mia')).toHaveLength(1);
  });
});

it('tells each fact once, however often it comes', async () => {
  const world = notifyWorld({ handoffs: [aHandoff({ priority: 'hot' })] });
  await world.setUp();
  const facts = [opened(), reminded(), breached({ priority: 'hot' }), escalated(), repAlerted(), accepted()];
  for (const fact of facts) await world.notify(fact);
  const once = world.mails.length;
  for (const fact of facts) await world.notify(fact);
  expect(world.mails).toHaveLength(once);
  expect(world.topic.alerts).toHaveLength(2);
});

describe('mails to managers', () => {
  const { asked: _, ...unasked } = aHandoff();
  const linkOf = (manager: string, action: string) => {
    const token = encodeURIComponent(
      `manage.{"handoff":"h-1","manager":"${manager}"}.2026-12-07T10:00:00.000Z`,
    );
    return `https://baton.example/handoffs/manage?t=${token}&a=${action}`;
  };
  const all = (manager: string) => ['give', 'take', 'until', 'pull-back'].map((a) => linkOf(manager, a));
  const manageText = (prefix: string) => {
    const links = ['give', 'take', 'until', 'pullBack'].map((name) => `{{ ${prefix}.${name} }}`).join(' ');
    const text = { subject: '-', preheader: '-', html: '-', text: `{% if ${prefix} %}${links}{% endif %}` };
    return { en: text, de: text };
  };
  const entries = manageText('entry.manage');
  const digest = {
    ...entries.en,
    text: `{% for entry in entries %}${entries.en.text} {% endfor %}`,
  };
  const texts = {
    'handoff-breached': manageText('manage'),
    'handoff-escalated': manageText('manage'),
    'handoff-digest': { en: digest, de: digest },
  };
  const linksIn = (text = '') => text.trim().split(/\s+/).filter(Boolean);

  it.each([
    ['a breach', breached({ priority: 'hot' }), 'mia'],
    ['an escalation', escalated(), 'nora'],
  ])('about %s have links to step in, made for their reader', async (_, fact, manager) => {
    const world = notifyWorld({ texts, handoffs: [unasked] });
    await world.setUp();
    await world.notify(fact);
    expect(linksIn(world.mails[0]?.text)).toEqual(all(manager));
  });

  it('have them for each entry of a digest', async () => {
    const world = notifyWorld({ texts, handoffs: [unasked] });
    await world.setUp();
    await world.notify(breached());
    await world.notify(breached({ factId: 'f-2' }));
    world.clock.at = minuteLater;
    await world.tellDigest('mia');
    expect(linksIn(world.mails[0]?.text)).toHaveLength(8);
  });

  it('offer no pulling back of who asked, and nothing once it is answered', async () => {
    const asked = notifyWorld({ texts });
    await asked.setUp();
    await asked.notify(breached({ priority: 'hot' }));
    expect(linksIn(asked.mails[0]?.text)).toEqual(all('mia').slice(0, 3));
    const answered = notifyWorld({ texts, handoffs: [aHandoff({ status: 'accepted' })] });
    await answered.setUp();
    await answered.notify(breached({ priority: 'hot' }));
    expect(linksIn(answered.mails[0]?.text)).toEqual([]);
  });

  it('about pulling back go to who does not know: its holder, where a manager did it', async () => {
    const world = notifyWorld();
    await world.setUp();
    await world.notify(pulledBack());
    await world.notify(pulledBack({ factId: 'f-2', reason: 'manager' }));
    expect(world.mailsTo('mia', 'handoff-pulled-back')).toHaveLength(1);
    expect(world.mailsTo('rita', 'handoff-pulled-back')).toHaveLength(1);
  });
});
