/** What `make` returns, made when it is asked for first. @__NO_SIDE_EFFECTS__ */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
