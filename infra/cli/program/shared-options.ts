import { Option } from '@commander-js/extra-typings';
import { rate } from './numbers.ts';

export const env = () => new Option('--env <name>', 'dev, staging, prod, or what BATON_ENV names');

export const json = () => new Option('--json', 'print one JSON object on stdout, and nothing else');

export const person = () => new Option('--by <id>', 'who decides it; else your user name on this machine');

/** How fast many leads are worked off. */
export const pace = (perMinute: number) =>
  new Option('--rate <n>', 'leads a minute').argParser(rate).default(perMinute);
