import { expect } from 'chai';
import { inbound } from '../../../../src/core/session/inbound.ts';
import { ownProfile } from '../../../../src/core/session/own-profile.ts';
import { reduce } from '../../../../src/core/session/reduce/index.ts';
import type { Fact } from '../../../../src/core/session/facts.ts';
import { goodFrames } from '../../../support/session-frames.ts';
import { joined } from '../../../support/session-snapshots.ts';

const sender = { id: 'ada', name: 'Ada' };

describe('session/inbound', () => {
  it('makes a message that is its sender\u2019s, whatever its id is', () => {
    expect(inbound(sender, goodFrames.message)).to.deep.equal({
      kind: 'message-received',
      message: {
        id: `ada.${goodFrames.message.id}`,
        from: 'ada',
        name: 'Ada',
        text: goodFrames.message.text,
        sentAt: goodFrames.message.sentAt,
        delivery: 'delivered',
        sentTo: [],
        deliveredTo: [],
      },
    });
  });

  it('lets no two people hide each other\u2019s messages by choosing one id', () => {
    const facts = ['ada', 'bob'].map((id) => inbound({ id, name: id }, goodFrames.message));
    const now = facts.filter((fact): fact is Fact => fact !== undefined).reduce(reduce, joined);
    expect(now.chat.messages.map(({ from }) => from)).to.deep.equal(['ada', 'bob']);
  });

  it('makes a receipt its sender\u2019s', () => {
    expect(inbound(sender, goodFrames.receipt)).to.deep.equal({
      kind: 'messages-delivered',
      by: 'ada',
      ids: goodFrames.receipt.ids,
    });
  });

  it('cleans the name that someone claims', () => {
    const frame = { ...goodFrames.profile, name: ' \u202eAda\n' };
    expect(inbound(sender, frame)).to.deep.equal({
      kind: 'participant-updated',
      id: 'ada',
      name: 'Ada',
      audio: true,
      video: false,
    });
  });

  for (const [kind, frame] of Object.entries(goodFrames)) {
    if (kind === 'message' || kind === 'receipt' || kind === 'profile') continue;
    it(`makes nothing of a ${kind}`, () => {
      expect(inbound(sender, frame)).to.equal(undefined);
    });
  }
});

describe('session/own-profile', () => {
  const facts = (enabled: boolean, open: boolean): readonly Fact[] =>
    (['microphone', 'camera'] as const).flatMap((device): readonly Fact[] => [
      { kind: 'device-wanted', device, enabled },
      ...(open ? [{ kind: 'device-opened', device, deviceId: 'd', label: 'D' } as const] : []),
    ]);

  for (const [enabled, open] of [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ] as const) {
    it(`tells ${enabled && open ? 'that' : 'that nobody'} can hear and see a device that is ${enabled ? '' : 'not '}wanted and ${open ? '' : 'not '}open`, () => {
      const now = facts(enabled, open).reduce(reduce, joined);
      const seen = enabled && open;
      expect(ownProfile(now, 'peer-1')).to.deep.equal({
        kind: 'profile',
        peer: 'peer-1',
        name: 'me',
        audio: seen,
        video: seen,
      });
    });
  }
});
