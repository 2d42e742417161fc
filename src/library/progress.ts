// Tells how far requests are while several of them run.
import type { Change } from './api';

/** Some requests that belong together. */
export interface Job {
  /** There are so many more requests than was said before; fewer when negative. */
  more(requests: number): void;
  /** One more is answered. */
  step(): void;
  /** It is over, however it went. */
  end(): void;
}

/** Adds up the jobs that run at the same time. A single request is not worth a word. */
export function openProgress(changed: (change: Change) => void): () => Job {
  const jobs = new Set<{ done: number; of: number; over: boolean }>();
  let told: { done: number; of: number } | undefined;

  function tell(): void {
    const sum = (part: 'done' | 'of') => [...jobs].reduce((total, job) => total + job[part], 0);
    const of = Math.max(1, sum('of'));
    const over = [...jobs].every((job) => job.over);
    // With the last answer it is not over: that has to be stored first.
    const next = { done: over ? of : Math.max(0, Math.min(sum('done'), of - 1)), of };
    const differs = next.done !== told?.done || next.of !== told.of;
    if (over ? told : of > 1 && differs) changed({ progress: next });
    told = over || of <= 1 ? undefined : next;
    if (over) jobs.clear();
  }

  return () => {
    const job = { done: 0, of: 0, over: false };
    jobs.add(job);
    return {
      more(requests) {
        job.of += requests;
        tell();
      },
      step() {
        job.done++;
        tell();
      },
      end() {
        job.of = job.done;
        job.over = true;
        tell();
      },
    };
  };
}
