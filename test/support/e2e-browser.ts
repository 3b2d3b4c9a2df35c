import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { chromiumPath } from './chromium.ts';

/** Tests in a browser; one line says so where there is none. */
export const describeInBrowser = (name: string, tests: () => void): void => {
  if (chromiumPath === undefined)
    describe(name, () => it.skip('skipped: there is no Chromium on this machine', () => undefined));
  else describe(name, tests);
};

/** A Chromium with a profile of its own that ends with it, and that talks to nobody by itself. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const looks = [
  { width: 375, colorScheme: 'light' },
  { width: 375, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
] as const;

/**
 * What keeps people from using the page as it stands, on a phone and on a desk, by day and by night: serious faults, and
 * text that runs out of the window. BATON_SCREENSHOTS names a folder for pictures.
 */
export const faultsOf = async (page: Page, name: string): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const look = `${name} ${width} ${colorScheme}`;
    if (await page.evaluate('document.documentElement.scrollWidth > window.innerWidth'))
      faults.push(`${look}: wider than the window`);
    // The pages' own policy forbids scripts; this one comes in from outside.
    await page.evaluate(axe);
    const found: readonly string[] = await page.evaluate(
      "axe.run().then(({ violations }) => violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target, failureSummary].join(' '))))",
    );
    faults.push(...found.map((fault) => `${look}: ${fault}`));
    await takePicture(page, look);
  }
  return faults;
};

const takePicture = async (page: Page, look: string): Promise<void> => {
  const folder = process.env.BATON_SCREENSHOTS;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${look.replaceAll(' ', '-')}.png`), fullPage: true });
};
