import { describe, expect, test } from 'vitest';
import { silentLog, type Log } from '#libs/std/log.js';
import { Rounds } from './rounds.js';
import { timerWake } from './timer-wake.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function logOf(codes: string[]): Log {
  const write = (code: string): void => void codes.push(code);
  return { info: write, warn: write, error: write };
}

describe('a worker', () => {
  test('runs once at a time, and once more for everything that called meanwhile', async () => {
    const rounds = new Rounds(silentLog);
    let at = 0;
    let most = 0;
    let runs = 0;
    rounds.onWake(async () => {
      at += 1;
      most = Math.max(most, at);
      runs += 1;
      await pause(20);
      at -= 1;
    });
    const first = rounds.run('outcomes');
    await pause(10);
    await Promise.all([first, rounds.run('outcomes'), rounds.run('outcomes'), rounds.run('outcomes')]);
    expect({ most, runs }).toEqual({ most: 1, runs: 2 });
  });

  test('that fails is called again, and the log holds a code', async () => {
    const codes: string[] = [];
    const rounds = new Rounds(logOf(codes));
    let runs = 0;
    rounds.onWake(async () => {
      runs += 1;
      if (runs === 1) throw new Error('山田太郎');
    });
    await rounds.run('outcomes');
    await rounds.run('outcomes');
    expect({ runs, codes }).toEqual({ runs: 2, codes: ['wake-worker-failed'] });
  });
});

describe('the timer', () => {
  test('wakes at once when called, and by itself in each interval', async () => {
    const wake = timerWake({ topics: ['outcomes'], intervalMs: 40, log: silentLog });
    const seen: string[] = [];
    wake.onWake(async (topic) => void seen.push(topic));
    await wake.wake('outcomes');
    await pause(10);
    expect(seen).toEqual(['outcomes']);
    await pause(100);
    expect(seen.length).toBeGreaterThanOrEqual(3);
    await wake.close();
    const after = seen.length;
    await pause(60);
    expect(seen.length).toBe(after);
  });

  test('waits at its end for the worker that is running', async () => {
    const wake = timerWake({ topics: [], log: silentLog });
    let finished = false;
    wake.onWake(async () => {
      await pause(40);
      finished = true;
    });
    await wake.wake('outcomes');
    await pause(10);
    await wake.close();
    expect(finished).toBe(true);
  });
});
