/** At most so many at once; the rest waits in line. */
export interface Limiter {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** How many wait. */
  waiting(): number;
}

/** @param limit how many may run at the same time */
export function createLimiter(limit: number): Limiter {
  const line: (() => void)[] = [];
  let running = 0;
  return {
    waiting: () => line.length,
    async run(work) {
      if (running >= limit) await new Promise<void>((go) => line.push(go));
      else running++;
      try {
        return await work();
      } finally {
        // The place passes to the next in line, or is free again.
        const next = line.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
