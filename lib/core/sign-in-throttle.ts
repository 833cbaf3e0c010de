/**
 * Slows password guessing down (T-48) without locking a person out from their own address.
 *
 *   account + address   5 quick tries, then 2 s, 4 s, 8 s … 15 min between tries
 *   address             10 quick tries over all accounts, then the same
 *   account             15 tries in 10 minutes from addresses where it never signed in, 20 in all;
 *                       100 wrong passwords in a row: no more tries from such addresses (NIST SP 800-63B, 5.2.2)
 *
 * A try counts when it begins, so that a thousand at once gain nothing. Time comes from outside and is monotonic.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const PAIR_QUICK_TRIES = 5;
const ADDRESS_QUICK_TRIES = 10;
const MAX_DELAY_MS = 15 * MINUTE;
/** After this long without a wrong password, earlier ones are forgotten. */
const FORGET_AFTER_MS = HOUR;

const ACCOUNT_WINDOW_MS = 10 * MINUTE;
const ACCOUNT_TRIES_IN_WINDOW = 20;
/** The rest of the 20 is kept for addresses where the account has signed in before. */
const ACCOUNT_TRIES_FROM_STRANGERS = 15;
const ACCOUNT_FAILURES_IN_A_ROW = 100;

/** More keys than this are forgotten, oldest first; the address limit stops one sender from making that many. */
const MAX_KEYS = 10_000;

export type TryAnswer =
  | { ok: true; /** Tell how it ended, once. Untold, it counts as a failure. */ succeed(): void }
  | { ok: false; retryAfterMs: number; locked: boolean };

interface Failures {
  count: number;
  lastAt: number;
}

interface Account {
  /** When tries of the last ten minutes began. */
  tries: number[];
  failuresInARow: number;
  /** Where the account has signed in. */
  knownAddresses: Set<string>;
}

export interface SignInThrottle {
  /** Asks for one try. Account names are compared without regard to case. */
  begin(account: string, address: string): TryAnswer;
  /** The owner proved themselves in another way (a link): wrong passwords so far are forgotten. */
  forgive(account: string): void;
}

/** @param now monotonic time in ms, such as `performance.now` */
export function createSignInThrottle(now: () => number = () => performance.now()): SignInThrottle {
  const pairs = new Map<string, Failures>();
  const addresses = new Map<string, Failures>();
  const accounts = new Map<string, Account>();

  function begin(accountName: string, rawAddress: string): TryAnswer {
    const time = now();
    const address = addressKey(rawAddress);
    const name = accountName.toLowerCase().slice(0, 64);
    const account = accountOf(accounts, name);
    const pairKey = `${name} ${address}`;
    const waits = [
      waitMs(pairs.get(pairKey), PAIR_QUICK_TRIES, time),
      waitMs(addresses.get(address), ADDRESS_QUICK_TRIES, time),
      accountWaitMs(account, account.knownAddresses.has(address), time),
    ];
    const retryAfterMs = Math.max(...waits);
    if (retryAfterMs > 0) return { ok: false, retryAfterMs, locked: retryAfterMs === Infinity };
    addFailure(pairs, pairKey, time);
    addFailure(addresses, address, time);
    account.tries.push(time);
    account.failuresInARow++;
    return {
      ok: true,
      succeed() {
        pairs.delete(pairKey);
        const ofAddress = addresses.get(address);
        if (ofAddress) ofAddress.count = Math.max(0, ofAddress.count - 1);
        const own = account.tries.indexOf(time);
        if (own >= 0) account.tries.splice(own, 1);
        account.failuresInARow = 0;
        account.knownAddresses.add(address);
      },
    };
  }

  return {
    begin,
    forgive(accountName) {
      const name = accountName.toLowerCase();
      for (const key of pairs.keys()) if (key.startsWith(`${name} `)) pairs.delete(key);
      const account = accounts.get(name);
      if (account) Object.assign(account, { tries: [], failuresInARow: 0 });
    },
  };
}

/** What counts as one address: an IPv4 address, or an IPv6 network of 64 bits, which one machine can have to itself. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().replace(/%.*/, '').split('::');
  const groups = head ? head.split(':') : [];
  if (tail !== undefined) {
    const after = tail ? tail.split(':') : [];
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

function delayMs(failures: number, quickTries: number): number {
  return failures < quickTries ? 0 : Math.min(MAX_DELAY_MS, 2 ** (failures - quickTries + 1) * SECOND);
}

function waitMs(failures: Failures | undefined, quickTries: number, time: number): number {
  if (!failures || time - failures.lastAt >= FORGET_AFTER_MS) return 0;
  return Math.max(0, failures.lastAt + delayMs(failures.count, quickTries) - time);
}

function accountWaitMs(account: Account, known: boolean, time: number): number {
  account.tries = account.tries.filter((at) => time - at < ACCOUNT_WINDOW_MS);
  if (!known && account.failuresInARow >= ACCOUNT_FAILURES_IN_A_ROW) return Infinity;
  const limit = known ? ACCOUNT_TRIES_IN_WINDOW : ACCOUNT_TRIES_FROM_STRANGERS;
  const oldestThatCounts = account.tries.at(-limit);
  return oldestThatCounts === undefined ? 0 : oldestThatCounts + ACCOUNT_WINDOW_MS - time;
}

function addFailure(map: Map<string, Failures>, key: string, time: number): void {
  const before = map.get(key);
  const count = before && time - before.lastAt < FORGET_AFTER_MS ? before.count : 0;
  remember(map, key, { count: count + 1, lastAt: time });
}

function accountOf(accounts: Map<string, Account>, name: string): Account {
  const account = accounts.get(name) ?? { tries: [], failuresInARow: 0, knownAddresses: new Set<string>() };
  remember(accounts, name, account);
  return account;
}

/** Puts a key last, and drops the first one when there are too many. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MAX_KEYS) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
