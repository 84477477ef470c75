import { fixture, html } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-verify.ts';
import type { Participant } from '../../../../src/core.ts';
import { protectionOf } from '../../../../src/elements/verify/protection.ts';
import type { ReformsVerify } from '../../../../src/elements/verify/verify.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession, person, type FakeSession } from '../../../support/fake-session.ts';
import { buttonNamed, buttonsNamed, part, words } from '../../../support/parts.ts';

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
