/**
 * Liquid tags under Markdown, MJML and conversion to text would be escaped, quoted or torn apart. So each is swapped
 * for a word that all of them leave alone, and swapped back at the end.
 */
export type LiquidTokens = Readonly<{
  /** Liquid -> words. */
  hide(template: string): string;
  /** Words -> Liquid. */
  show(text: string): string;
}>;

const tag = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/** Words for blocks (`{% %}`) and for output (`{{ }}`) differ, so that paragraphs of blocks alone can be found. */
const word = { block: 'qblockq', output: 'qoutputq' } as const;

export const liquidTokens = (): LiquidTokens => {
  const hidden: string[] = [];
  return {
    hide: (template) =>
      template.replace(tag, (liquid) => {
        hidden.push(liquid);
        return `${liquid.startsWith('{%') ? word.block : word.output}${hidden.length - 1}z`;
      }),
    show: (text) =>
      text.replace(
        new RegExp(`(?:${word.block}|${word.output})(\\d+)z`, 'gi'),
        (_, i: string) => hidden[Number(i)] ?? '',
      ),
  };
};

/** A paragraph or list item around nothing but blocks would stay behind empty when the block is not taken. */
export const unwrapBlocks = (html: string): string =>
  html.replace(new RegExp(`<p>((?:\\s*${word.block}\\d+z)+)\\s*</p>`, 'g'), (_, blocks: string) =>
    blocks.trim(),
  );

/** Whether it is one output and nothing else. */
export const isOneOutput = (text: string): boolean => new RegExp(`^${word.output}\\d+z$`).test(text);

/** Whether any Liquid is hidden in it. */
export const hidesLiquid = (text: string): boolean =>
  new RegExp(`(?:${word.block}|${word.output})\\d+z`, 'i').test(text);
