import { afterEach, beforeEach, vi } from 'vitest';

/** Collects what functions log during each test of a file, instead of printing it. Call it at the top of the file. */
export const logLines = (): readonly string[] => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    // Without this the logger has a console of its own.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    for (const method of ['debug', 'info', 'warn', 'error', 'log'] as const)
      vi.spyOn(console, method).mockImplementation((line) => void lines.push(String(line)));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  return lines;
};
