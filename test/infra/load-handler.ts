/** Run by assembly.test.ts as a process of its own, with the environment of one function and nothing else. */
const [module = '', ...keys] = process.argv.slice(2);

const read = new Set<string>();
const given = process.env;
process.env = new Proxy(given, {
  get: (target, key) => {
    read.add(String(key));
    return Reflect.get(target, key);
  },
});

const { handler } = await import(module);
const readAtStart = keys.filter((key) => read.has(key));

/** What the function says at its start if one of its variables is taken away. */
const without: Record<string, string> = {};
for (const key of keys) {
  const value = given[key];
  delete given[key];
  without[key] = await import(`${module}?without=${key}`).then(
    () => 'started',
    (error: Error) => `${error.name}: ${error.message}`,
  );
  given[key] = value;
}
console.log(JSON.stringify({ handler: typeof handler, readAtStart, without }));
