/** How many there are at once, all together and of each source. */
export interface Crowd {
  /** How to leave again (twice does no harm), or undefined where it is full. */
  enter(source: string): (() => void) | undefined;
  size(): number;
}

export function createCrowd(most: {
  readonly overall: number;
  readonly each: (source: string) => number;
}): Crowd {
  const counts = new Map<string, number>();
  let size = 0;
  return {
    size: () => size,
    enter: (source) => {
      const count = counts.get(source) ?? 0;
      if (size >= most.overall || count >= most.each(source)) return undefined;
      size += 1;
      counts.set(source, count + 1);
      let inside = true;
      return () => {
        if (!inside) return;
        inside = false;
        size -= 1;
        const left = (counts.get(source) ?? 1) - 1;
        if (left === 0) counts.delete(source);
        else counts.set(source, left);
      };
    },
  };
}
