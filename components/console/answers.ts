/**
 * A guest can ask its terminal questions (who are you, where is the cursor), and the terminal types the answer.
 * Answers are told apart from typing by their shape, so that a guest cannot make the browser type without end.
 */

/** Answers to device attributes, status and cursor reports, mode and colour queries; ECMA-48 and xterm's ctlseqs. */
// eslint-disable-next-line no-control-regex -- control characters are what answers begin with
const ANSWER = /^\u001b(?:\[[?>=]?[\d;]*(?:[cRntuS]|\$y)$|[P\]])/;

export const MAX_ANSWERS_PER_SECOND = 100;

/** True for what a terminal, and hardly ever a person, sends. */
export function isAnswer(data: string): boolean {
  return ANSWER.test(data);
}

/** Lets 100 answers a second through. */
export class AnswerLimiter {
  #left = MAX_ANSWERS_PER_SECOND;
  #at = 0;

  /** @param nowMs any clock that runs forward */
  allow(nowMs: number): boolean {
    const refill = ((nowMs - this.#at) / 1000) * MAX_ANSWERS_PER_SECOND;
    this.#left = Math.min(MAX_ANSWERS_PER_SECOND, this.#left + refill);
    this.#at = nowMs;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
