import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../infra/cli/seeded-random.ts';

export type GeneratedHistory = Readonly<{
  folder: string;
  leads: number;
  /** Leads and won ones, by origin. */
  expected: Readonly<Record<string, Readonly<{ leads: number; customers: number }>>>;
  remove(): Promise<void>;
}>;

const origins = ['organic_search', 'paid_search', 'social', ''];
const day = 86_400_000;
const start = Date.UTC(2024, 1, 20);

/** Files as Olist's are, of a few months: origins that are empty, and every tenth lead won, one of them too early. */
export const aGeneratedHistory = async (leads: number, seed = 7): Promise<GeneratedHistory> => {
  const random = seededRandom(seed);
  const contacts: string[] = [];
  const deals: string[] = [];
  const expected: Record<string, { leads: number; customers: number }> = {};
  for (let i = 0; i < leads; i++) {
    const origin = origins[Math.floor(random() * origins.length)]!;
    const contact = start + Math.floor(random() * 90) * day;
    contacts.push(`lead-${i},${new Date(contact).toISOString().slice(0, 10)},page-${i % 5},${origin}`);
    expected[origin || '(none)'] ??= { leads: 0, customers: 0 };
    const counts = expected[origin || '(none)']!;
    counts.leads++;
    if (i % 10 !== 0) continue;
    counts.customers++;
    const won = contact + (i === 0 ? -day : random() * 40 * day);
    deals.push(`lead-${i},seller-${i},${new Date(won).toISOString().slice(0, 16)}`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'baton-history-'));
  const header = 'mql_id,first_contact_date,landing_page_id,origin';
  await writeFile(join(folder, 'contacts.csv'), [header, ...contacts, ''].join('\n'));
  await writeFile(join(folder, 'deals.csv'), ['mql_id,seller_id,won_date', ...deals, ''].join('\n'));
  return { folder, leads, expected, remove: () => rm(folder, { recursive: true }) };
};
