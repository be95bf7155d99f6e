import { useEffect, useState } from 'react';

/** Draws again once a second while something counts down, and never else. */
export function useSeconds(isCounting: boolean): void {
  const [, setSecond] = useState(0);
  useEffect(() => {
    if (!isCounting) return;
    const timer = setInterval(() => setSecond((second) => second + 1), 1000);
    return () => clearInterval(timer);
  }, [isCounting]);
}
