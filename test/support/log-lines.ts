import { afterEach, beforeEach, vi } from 'vitest';

/** Collects what functions log during each test of a file, instead of printing it. Call it at the top of the file. */
export const logLines = (): readonly string[] => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return lines;
};
