import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const { BATON_CHROMIUM, PATH = '' } = process.env;
const candidates =
  BATON_CHROMIUM === undefined
    ? PATH.split(delimiter).flatMap((directory) => names.map((name) => join(directory, name)))
    : [BATON_CHROMIUM];

/** The Chromium of this machine; undefined where there is none. BATON_CHROMIUM names another. */
export const chromiumPath: string | undefined = candidates.find((path) => existsSync(path));
