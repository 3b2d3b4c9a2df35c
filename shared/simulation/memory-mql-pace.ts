import type { MqlHour } from '../domain/surge.ts';
import type { MqlPace } from '../ports.ts';

export const memoryMqlPace = (): MqlPace => {
  const hours = new Map<number, MqlHour>();
  return {
    hours: async () => [...hours.values()],
    async add(hour, became) {
      const before = hours.get(hour) ?? { hour, passed: 0, held: 0 };
      hours.set(hour, { ...before, [became]: before[became] + 1 });
    },
  };
};
