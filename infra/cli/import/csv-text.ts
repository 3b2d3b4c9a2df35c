/** A line of a CSV file, with its end. */
export const csvLine = (fields: readonly (string | number)[]): string => `${fields.map(field).join(',')}\n`;

const field = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
