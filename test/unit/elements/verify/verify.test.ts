import { fixture, html } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-verify.ts';
import type { Participant } from '../../../../src/core.ts';
import { protectionOf } from '../../../../src/elements/verify/protection.ts';
import type { ReformsVerify } from '../../../../src/elements/verify/verify.ts';
import { audit } from '../../../support/audit.ts';
import { blank, fakeSession, person, type FakeSession } from '../../../support/fake-session.ts';
import { buttonNamed, buttonsNamed, part, parts, words } from '../../../support/parts.ts';

async function verifyWith(
  people: readonly Participant[],
): Promise<{ readonly verify: ReformsVerify; readonly session: FakeSession }> {
  const session = fakeSession({ people });
  const verify = await fixture<ReformsVerify>(html`<reforms-verify .session=${session}></reforms-verify>`);
  return { verify, session };
}

describe('<reforms-verify>', () => {
  it('is accessible with nobody, one and several', async () => {
    const { verify, session } = await verifyWith([]);
    expect(await audit(verify)).to.deep.equal([]);
    session.set({ people: [person(), person({ id: 'alan', name: 'Alan', protection: 'verified' })] });
    await verify.updateComplete;
    expect(await audit(verify)).to.deep.equal([]);
  });

  it('shows seven emoji, each with its name, and three numbers', async () => {
    const { verify } = await verifyWith([person()]);
    const names = [...part(verify, 'emoji').querySelectorAll('li')].map((item) => words(item));
    expect(names).to.deep.equal([
      '🐶 Dog',
      '🐱 Cat',
      '🦁 Lion',
      '🐎 Horse',
      '🦄 Unicorn',
      '🐷 Pig',
      '📌 Pin',
    ]);
    expect(words(part(verify, 'numbers'))).to.contain('1000 · 4321 · 9191');
  });

  it('takes both judgements to the session', async () => {
    const { verify, session } = await verifyWith([person()]);
    buttonNamed(verify, 'They match').click();
    buttonNamed(verify, 'They don’t match').click();
    expect(session.intents).to.deep.equal([
      { kind: 'judge-participant', id: 'grace', matches: true },
      { kind: 'judge-participant', id: 'grace', matches: false },
    ]);
  });

  it('believes the session, not the press', async () => {
    const { verify, session } = await verifyWith([person()]);
    buttonNamed(verify, 'They match').click();
    await verify.updateComplete;
    expect(buttonsNamed(verify, 'They match')).to.have.length(1);
    session.set({ people: [person({ protection: 'verified' })] });
    await verify.updateComplete;
    expect(buttonsNamed(verify, 'They match')).to.have.length(0);
    expect(words(verify.shadowRoot?.querySelector('.note') ?? verify)).to.contain('Verified');
  });

  it('begins with the first who is not verified, or with whom the page names', async () => {
    const people = [
      person({ protection: 'verified' }),
      person({ id: 'alan', name: 'Alan' }),
      person({ id: 'tim', name: 'Tim' }),
    ];
    const { verify, session } = await verifyWith(people);
    buttonNamed(verify, 'They match').click();
    verify.participant = 'tim';
    await verify.updateComplete;
    buttonNamed(verify, 'They match').click();
    expect(session.intents.map((intent) => ('id' in intent ? intent.id : ''))).to.deep.equal(['alan', 'tim']);
  });

  it('compares with whom the person picks', async () => {
    const { verify, session } = await verifyWith([person(), person({ id: 'alan', name: 'Alan' })]);
    buttonNamed(verify, 'Alan').click();
    await verify.updateComplete;
    expect(buttonNamed(verify, 'Alan').getAttribute('aria-pressed')).to.equal('true');
    buttonNamed(verify, 'They match').click();
    expect(session.intents).to.deep.equal([{ kind: 'judge-participant', id: 'alan', matches: true }]);
  });
});

describe('<reforms-verify> and what it says', () => {
  it('explains the room while nobody is there', async () => {
    const { verify, session } = await verifyWith([]);
    expect(words(verify.shadowRoot?.querySelector('.note') ?? verify)).to.contain('Encrypted, by link');
    session.set({ room: { ...blank.room, hasSecret: false } });
    await verify.updateComplete;
    expect(words(verify.shadowRoot?.querySelector('.note') ?? verify)).to.contain('Encrypted, not verified');
  });

  for (const [held, said] of [
    ['key-changed', 'Grace Hopper’s key has changed. This happens with a new device or browser.'],
    ['policy', 'Waiting until you have compared the emoji'],
    ['credential', 'asks for a credential'],
    ['mismatch', 'did not match when you last compared'],
  ] as const)
    it(`says calmly why nothing flows: ${held}`, async () => {
      const { verify } = await verifyWith([person({ held })]);
      expect(words(verify.shadowRoot?.querySelector('.note') ?? verify)).to.contain(said);
      expect(buttonsNamed(verify, 'They match')).to.have.length(1);
      expect(await audit(verify)).to.deep.equal([]);
    });

  it('says on both sides what to do after the emoji did not match, until someone comes anew', async () => {
    const { verify, session } = await verifyWith([person()]);
    session.tell({ kind: 'participant-left', id: 'grace', reason: 'mismatch' });
    session.set({ people: [] });
    await verify.updateComplete;
    const said = words(part(verify, 'mismatch'));
    expect(said).to.contain('The emoji did not match. Grace Hopper is no longer connected.');
    expect(said).to.contain('Send a new link another way');
    expect(await audit(verify)).to.deep.equal([]);
    session.tell({ kind: 'join-started' });
    await verify.updateComplete;
    expect(parts(verify, 'mismatch')).to.deep.equal([]);
  });

  it('tells namesakes apart', async () => {
    const { verify } = await verifyWith([person(), person({ id: 'two', ordinal: 2 })]);
    expect(buttonNamed(verify, 'Grace Hopper (2)').getAttribute('aria-pressed')).to.equal('false');
  });
});

describe('the protection of a room', () => {
  const of = (...kinds: Participant['protection'][]) =>
    protectionOf(kinds.map((protection) => ({ protection })));

  it('is that of its least protected person', () => {
    expect(of('verified', 'link')).to.equal('link');
    expect(of('verified', 'unverified', 'link')).to.equal('unverified');
    expect(of('verified', 'verified')).to.equal('verified');
  });

  it('is nothing while nobody is there', () => expect(of()).to.equal(undefined));
});
