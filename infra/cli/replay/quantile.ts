/**
 * The value below which a share `p` of the values lies, by linear interpolation between order statistics (type 7 of Hyndman
 * and Fan, the default of R, NumPy and spreadsheets). The values are sorted; of none there is none.
 */
export const quantile = (sorted: readonly number[], p: number): number | undefined => {
  const place = (sorted.length - 1) * p;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (place - Math.floor(place));
};
