import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Most things kept of one kind; the oldest go first. */
const mostKept = 1000;

/** Where the development provider keeps codes and sessions: in memory, because all of it may be forgotten. */
export class MemoryAdapter implements Adapter {
  private readonly kept = new Map<string, Kept>();

  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    this.kept.delete(id);
    this.kept.set(id, { payload, expiresAt: Date.now() + expiresIn * 1000 });
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    const found = this.kept.get(id);
    if (found !== undefined && found.expiresAt > Date.now()) return Promise.resolve(found.payload);
    this.kept.delete(id);
    return Promise.resolve(undefined);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const found = this.kept.entries().find(([, { payload }]) => payload.uid === uid);
    return found === undefined ? Promise.resolve(undefined) : this.find(found[0]);
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  consume(id: string): Promise<void> {
    const found = this.kept.get(id);
    if (found !== undefined) found.payload.consumed = Math.floor(Date.now() / 1000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.kept.delete(id);
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.kept)
      if (payload.grantId === grantId) this.kept.delete(id);
    return Promise.resolve();
  }
}
