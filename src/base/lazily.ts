/** What functions make, by their names. */
export type Made<T extends Makers> = { readonly [K in keyof T]: ReturnType<T[K]> };

type Makers = Readonly<Record<string, () => unknown>>;

/** An object whose properties are each made by its function when they are first read, and kept. */
export function lazily<T extends Makers>(makers: T): Made<T> {
  const made = {};
  for (const [name, make] of Object.entries(makers))
    Object.defineProperty(made, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = make();
        Object.defineProperty(made, name, { value, enumerable: true });
        return value;
      },
    });
  return made as Made<T>;
}
