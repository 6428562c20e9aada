import { Request } from 'express';

/** What an `Authorization` header turned out to be. */
export type Caller =
  | { kind: 'anonymous' }
  | { kind: 'known'; token: string }
  /** A signed JWT of a GitHub App; the emulator verifies it. */
  | { kind: 'app'; token: string }
  | { kind: 'unknown' };

/**
 * Tells known access tokens from unknown ones.
 *
 * The emulator takes every unknown token for its first account.
 */
export class Tokens {
  private readonly known: Set<string>;

  constructor(tokens: Iterable<string>) {
    this.known = new Set(tokens);
  }

  /** Remembers a token that was issued since, as for a GitHub App's installation. */
  add(token: string): void {
    this.known.add(token);
  }

  identify(req: Request): Caller {
    const header = req.header('authorization');
    if (!header) {
      return { kind: 'anonymous' };
    }
    const [scheme, value = ''] = header.trim().split(/\s+/);
    const candidates =
      scheme.toLowerCase() === 'basic'
        ? // git sends the token as the password, or as the user name without one.
          Buffer.from(value, 'base64').toString('utf8').split(':').reverse()
        : [value];
    const token = candidates.find(candidate => this.known.has(candidate));
    if (token) {
      return { kind: 'known', token };
    }
    return value.startsWith('eyJ')
      ? { kind: 'app', token: value }
      : { kind: 'unknown' };
  }
}
