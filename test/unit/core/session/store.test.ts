import { expect } from 'chai';
import type { Fact } from '../../../../src/core/session/facts.ts';
import { createStore, type Store } from '../../../../src/core/session/store.ts';
import { outside, person } from '../../../support/session-snapshots.ts';
import { settled } from '../../../support/session-doubles.ts';

const join: Fact = { kind: 'join-started' };
const named = (name: string): Fact => ({ kind: 'name-changed', name });

/** Runs `act` and gives the errors that would have gone to the page. */
async function errorsOf(act: () => Promise<void>): Promise<readonly unknown[]> {
  const errors: unknown[] = [];
  const { reportError } = globalThis;
  globalThis.reportError = (error: unknown) => errors.push(error);
  try {
    await act();
  } finally {
    globalThis.reportError = reportError;
  }
  return errors;
}

describe('session/store', () => {
  let store: Store;
  let lifetime: AbortController;

  beforeEach(() => {
    store = createStore(outside);
    lifetime = new AbortController();
  });

  const observed = (signal = lifetime.signal): Fact[] => {
    const facts: Fact[] = [];
    store.observe((fact) => facts.push(fact), { signal });
    return facts;
  };
  const namesOf = (facts: readonly Fact[]): string[] =>
    facts.map((fact) => (fact.kind === 'name-changed' ? fact.name : fact.kind));

  it('has a fact in the Snapshot as soon as it is reported', () => {
    store.report(named('Ada'));
    expect(store.snapshot.self.name).to.equal('Ada');
  });

  describe('subscribers', () => {
    let calls: number;

    beforeEach(() => {
      calls = 0;
      store.subscribe(() => (calls += 1), { signal: lifetime.signal });
    });

    it('hear of all facts of one turn once, after it', async () => {
      store.report(named('Ada'));
      store.report(named('Bob'));
      store.report(join);
      expect(calls).to.equal(0);
      await settled();
      expect(calls).to.equal(1);
    });

    it('hear again in the next turn', async () => {
      store.report(named('Ada'));
      await settled();
      store.report(named('Bob'));
      await settled();
      expect(calls).to.equal(2);
    });

    it('hear nothing when nothing changed', async () => {
      store.report(named('me'));
      store.report({ kind: 'participant-left', id: 'nobody', reason: 'left' });
      await settled();
      expect(calls).to.equal(0);
    });

    it('hear nothing after their signal has ended, nor if it had ended before', async () => {
      store.subscribe(() => (calls += 100), { signal: AbortSignal.abort() });
      store.report(named('Ada'));
      lifetime.abort();
      await settled();
      expect(calls).to.equal(0);
    });

    it('see what one of them changed in another round', async () => {
      const seen: string[] = [];
      store.subscribe(
        () => {
          seen.push(store.snapshot.self.name);
          if (seen.length === 1) store.report(named('Bob'));
        },
        { signal: lifetime.signal },
      );
      store.report(named('Ada'));
      await settled();
      expect(seen).to.deep.equal(['Ada', 'Bob']);
      expect(calls).to.equal(2);
    });
  });

  describe('observers', () => {
    it('hear every fact in order, at once, even one that changes nothing', () => {
      const facts = observed();
      store.report(named('Ada'));
      store.report(named('Ada'));
      store.report(join);
      expect(namesOf(facts)).to.deep.equal(['Ada', 'Ada', 'join-started']);
    });

    it('find a fact in the Snapshot when they hear it', () => {
      let seen = '';
      store.observe(() => (seen = store.snapshot.self.name), { signal: lifetime.signal });
      store.report(named('Ada'));
      expect(seen).to.equal('Ada');
    });

    it('are told in the order in which they came', () => {
      const order: string[] = [];
      store.observe(() => order.push('first'), { signal: lifetime.signal });
      store.observe(() => order.push('second'), { signal: lifetime.signal });
      store.report(join);
      expect(order).to.deep.equal(['first', 'second']);
    });

    it('hear a fact before those that another observer brings about', () => {
      store.observe((fact) => fact.kind === 'join-started' && store.report(named('answer')), {
        signal: lifetime.signal,
      });
      const facts = observed();
      store.report(join);
      expect(namesOf(facts)).to.deep.equal(['join-started', 'answer']);
    });

    it('hear nothing after their signal has ended, not even the fact that ended it', () => {
      const last = new AbortController();
      store.observe(() => last.abort(), { signal: lifetime.signal });
      const facts = observed(last.signal);
      store.report(join);
      store.report(named('Ada'));
      expect(facts).to.deep.equal([]);
    });

    it('are each an observer of their own, though the function is the same', () => {
      const facts: Fact[] = [];
      const listener = (fact: Fact): unknown => facts.push(fact);
      const other = new AbortController();
      store.observe(listener, { signal: lifetime.signal });
      store.observe(listener, { signal: other.signal });
      other.abort();
      store.report(join);
      expect(facts.length).to.equal(1);
    });

    it('break neither the others nor the one who reported', async () => {
      const broken = new Error('broken listener');
      const errors = await errorsOf(async () => {
        store.observe(
          () => {
            throw broken;
          },
          { signal: lifetime.signal },
        );
        const facts = observed();
        store.report(join);
        store.report(named('Ada'));
        expect(namesOf(facts)).to.deep.equal(['join-started', 'Ada']);
        await settled();
      });
      // The two facts, and the status that followed from them.
      expect(errors).to.deep.equal([broken, broken, broken]);
    });

    it('leave the subscribers untouched when one of these breaks', async () => {
      let calls = 0;
      const errors = await errorsOf(async () => {
        store.subscribe(
          () => {
            throw new Error('broken subscriber');
          },
          { signal: lifetime.signal },
        );
        store.subscribe(() => (calls += 1), { signal: lifetime.signal });
        store.report(join);
        await settled();
      });
      expect(calls).to.equal(1);
      expect(errors.length).to.equal(1);
    });
  });

  describe('status', () => {
    it('is told when it has changed, once the turn is over', async () => {
      const facts = observed();
      store.report(join);
      expect(facts.length).to.equal(1);
      await settled();
      expect(facts.slice(1)).to.deep.equal([{ kind: 'status-changed', status: 'connecting' }]);
    });

    it('is not told when it lasted for no turn', async () => {
      store.report(join);
      await settled();
      const facts = observed();
      store.report({ kind: 'room-joined', id: 'me-id' });
      store.report({ kind: 'participant-joined', participant: person('ada') });
      await settled();
      expect(facts.at(-1)).to.deep.equal({ kind: 'status-changed', status: 'connected' });
      expect(facts.length).to.equal(3);
    });

    it('is not told when it is again what it was', async () => {
      const facts = observed();
      store.report(join);
      store.report({ kind: 'room-left' });
      store.report(join);
      await settled();
      store.report({ kind: 'room-left' });
      store.report(join);
      await settled();
      expect(facts.filter(({ kind }) => kind === 'status-changed').length).to.equal(1);
    });
  });
});
