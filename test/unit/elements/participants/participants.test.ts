import { fixture, html } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-participants.ts';
import type { ReformsParticipants } from '../../../../src/elements/participants/participants.ts';
import { audit } from '../../../support/audit.ts';
import { blank, fakeSession, person } from '../../../support/fake-session.ts';
import { parts, words } from '../../../support/parts.ts';

describe('<reforms-participants>', () => {
  const listWith = async () => {
    const session = fakeSession({
      room: { ...blank.room, phase: 'joined' },
      people: [person({ audio: false })],
    });
    const list = await fixture<ReformsParticipants>(
      html`<reforms-participants .session=${session}></reforms-participants>`,
    );
    return { list, session };
  };

  it('is accessible', async () => {
    expect(await audit((await listWith()).list)).to.deep.equal([]);
  });

  it('names oneself first and says what can be heard and seen of each, and how well they are protected', async () => {
    const lines = parts((await listWith()).list, 'person').map((line) => words(line));
    expect(lines[0]).to.match(/^A Ada \(you\)/);
    expect(lines[1]).to.contain('Grace Hopper');
    expect(lines[1]).to.contain('Encrypted, by link');
    expect(lines[1]).to.contain('Microphone off');
    expect(lines[1]).to.contain('Camera on');
  });

  it('follows who comes and goes', async () => {
    const { list, session } = await listWith();
    session.set({ people: [] });
    await list.updateComplete;
    expect(parts(list, 'person')).to.have.length(1);
  });
});
