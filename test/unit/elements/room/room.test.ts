import { fixture, html, oneEvent } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-room.ts';
import '../../../../src/define/reforms-participants.ts';
import '../../../../src/define/reforms-invite.ts';
import type { Fact } from '../../../../src/core.ts';
import type { ReformsParticipants } from '../../../../src/elements/participants/participants.ts';
import type { ReformsRoom } from '../../../../src/elements/room/room.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession, person } from '../../../support/fake-session.ts';
import { part, parts } from '../../../support/parts.ts';

const child = (room: ReformsRoom): ReformsParticipants => {
  const found = room.querySelector('reforms-participants');
  if (found === null) throw new Error('the room has no list');
  return found;
};

describe('<reforms-room>', () => {
  it('is accessible', async () => {
    const room = await fixture<ReformsRoom>(html`<reforms-room .session=${fakeSession()}></reforms-room>`);
    expect(await audit(room)).to.deep.equal([]);
  });

  it('gives its session to kit elements inside, however deep, and they make none of their own', async () => {
    const session = fakeSession({ people: [person()] });
    const room = await fixture<ReformsRoom>(
      html`<reforms-room .session=${session}>
        <div><reforms-participants room="another" server="https://other.example"></reforms-participants></div>
      </reforms-room>`,
    );
    await child(room).updateComplete;
    expect(child(room).getParticipants()).to.deep.equal([person()]);
    child(room).join();
    expect(session.intents).to.deep.equal([{ kind: 'join' }]);
  });

  it('reaches into shadow roots', async () => {
    const session = fakeSession({ people: [person()] });
    const room = await fixture<ReformsRoom>(
      html`<reforms-room .session=${session}><div></div></reforms-room>`,
    );
    const root = room.querySelector('div')?.attachShadow({ mode: 'open' });
    const list = document.createElement('reforms-participants');
    root?.append(list);
    await list.updateComplete;
    await list.updateComplete;
    expect(list.getParticipants()).to.have.length(1);
  });

  it('gives its elements the next session when it gets one', async () => {
    const room = await fixture<ReformsRoom>(
      html`<reforms-room .session=${fakeSession()}
        ><reforms-participants></reforms-participants
      ></reforms-room>`,
    );
    room.session = fakeSession({ people: [person(), person({ id: 'alan' })] });
    await room.updateComplete;
    await child(room).updateComplete;
    expect(parts(child(room), 'person')).to.have.length(2);
  });

  const told: readonly (readonly [Fact, string, Record<string, unknown>])[] = [
    [{ kind: 'join-started' }, 'reforms-joining', {}],
    [{ kind: 'room-joined', id: 'me' }, 'reforms-joined', { id: 'me' }],
    [{ kind: 'room-left' }, 'reforms-left', {}],
    [
      { kind: 'participant-left', id: 'grace', reason: 'lost' },
      'reforms-participant-left',
      { reason: 'lost' },
    ],
    [
      { kind: 'identity-changed', id: 'grace', name: 'Grace', wasVerified: true },
      'reforms-identity-changed',
      { id: 'grace', name: 'Grace', wasVerified: true },
    ],
    [{ kind: 'participant-verified', id: 'grace' }, 'reforms-peer-verified', { id: 'grace' }],
    [
      { kind: 'status-changed', status: 'reconnecting' },
      'reforms-connection-status-changed',
      { status: 'reconnecting' },
    ],
    [
      { kind: 'error-raised', code: 'room-full', fatal: true, from: undefined },
      'reforms-error',
      { code: 'room-full', fatal: true, message: 'This room is full.' },
    ],
    [
      { kind: 'device-refused', device: 'camera', code: 'not-found' },
      'reforms-error',
      { code: 'not-found', fatal: false },
    ],
  ];
  for (const [fact, type, values] of told)
    it(`tells the page of ${fact.kind} by ${type}`, async () => {
      const session = fakeSession({ people: [person()] });
      const room = await fixture<ReformsRoom>(html`<reforms-room .session=${session}></reforms-room>`);
      const event = oneEvent(room, type);
      session.tell(fact);
      const heard = await event;
      expect(heard).to.include(values);
      expect(heard).to.include({ bubbles: true, composed: true, cancelable: false });
    });

  it('tells the page once, however many elements are inside', async () => {
    const session = fakeSession();
    const room = await fixture<ReformsRoom>(
      html`<reforms-room .session=${session}>
        <reforms-participants></reforms-participants><reforms-invite></reforms-invite>
      </reforms-room>`,
    );
    await child(room).updateComplete;
    let count = 0;
    room.addEventListener('reforms-joining', () => (count += 1));
    session.tell({ kind: 'join-started' });
    expect(count).to.equal(1);
  });

  it('opens the emoji of the person the page names', async () => {
    const session = fakeSession({ people: [person(), person({ id: 'alan', name: 'Alan' })] });
    const room = await fixture<ReformsRoom>(html`<reforms-room .session=${session}></reforms-room>`);
    room.verify('alan');
    await room.updateComplete;
    expect(part(room, 'dialog')).to.have.property('open', true);
    expect(room.shadowRoot?.querySelector('reforms-verify')).to.have.property('participant', 'alan');
  });
});
