const width = 24;

/** `sending 45 % ███████░░░ 450 of 1,000`. A pipe that shows no counting gets the first word. */
export const bar = (doing: string, done: number, total: number): string => {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.round(part * width);
  const drawn = '█'.repeat(full) + '░'.repeat(width - full);
  return `${doing} ${Math.floor(part * 100)} % ${drawn} ${count(done)} of ${count(total)}`;
};

const count = (n: number): string => n.toLocaleString('en');
