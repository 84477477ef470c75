// takes a transport, gives the tests of its links between two peers.

import { expect } from 'chai';
import { ReformsError } from '../../src/core/errors.ts';
import type { Link, LinkEvent, TrackSlot } from '../../src/core/transport/port.ts';
import { Inbox } from '../support/inbox.ts';
import { asSealed, asSecured, sealedText, textOf } from '../support/mint.ts';
import { stripes } from '../support/stripes.ts';
import { tone } from '../support/tone.ts';
import type { Surroundings } from './transport.ts';

interface End {
  readonly link: Link;
  readonly inbox: Inbox<LinkEvent>;
  readonly life: AbortController;
}
type Couple = readonly [initiator: End, responder: End];

const permit = asSecured();
/** Stands for a session that has sealed what the other end must get. */
const carry = (from: End, to: End): void => {
  const deliver = async (): Promise<void> => {
    for (;;) {
      const { description } = await from.inbox.next('description');
      await to.link.negotiate(description);
    }
  };
  void deliver();
};

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (ReformsError.is(error) ? error.code : error),
  );

export function linkContract(name: string, surroundings: () => Promise<Surroundings>): void {
  describe(name, () => {
    let place: Surroundings;
    const ends: End[] = [];
    const tracks: MediaStreamTrack[] = [];

    const create = (polite: boolean): End => {
      const inbox = new Inbox<LinkEvent>();
      const life = new AbortController();
      const options = { iceServers: [], relayOnly: false, polite, signal: life.signal };
      const end = { link: place.transport().createLink(options, inbox.take), inbox, life };
      ends.push(end);
      return end;
    };
    const trickle = (from: End, to: End): void => {
      const deliver = async (): Promise<void> => {
        for (;;) await to.link.addCandidate((await from.inbox.next('candidate')).candidate);
      };
      void deliver();
    };
    const connect = async (): Promise<Couple> => {
      const [anna, ben] = [create(false), create(true)];
      // From the start: candidates overtake the descriptions they belong to.
      trickle(anna, ben);
      trickle(ben, anna);
      await anna.link.acceptAnswer(await ben.link.answer(await anna.link.offer()));
      await Promise.all([anna.inbox.next('control-opened'), ben.inbox.next('control-opened')]);
      return [anna, ben];
    };
    const talk = async ([from, to]: Couple, text: string): Promise<void> => {
      expect(from.link.sendControl(sealedText(text))).to.equal(true);
      expect(textOf((await to.inbox.next('control')).bytes)).to.equal(text);
    };
    const show = async (from: Link, slot: TrackSlot): Promise<void> => {
      const track = stripes();
      tracks.push(track);
      await from.sendTrack(permit, slot, track);
    };
    /** Resolves when the stream's picture moves. */
    const picture = async (stream: MediaStream): Promise<HTMLVideoElement> => {
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = stream;
      document.body.append(video);
      await video.play();
      await new Promise<void>((resolve) => {
        let frames = 0;
        const count = (): void => {
          frames += 1;
          if (frames === 3) resolve();
          else video.requestVideoFrameCallback(count);
        };
        video.requestVideoFrameCallback(count);
      });
      return video;
    };

    before(async () => {
      place = await surroundings();
    });
    afterEach(() => {
      for (const end of ends.splice(0)) end.life.abort();
      for (const track of tracks.splice(0)) track.stop();
      for (const video of document.querySelectorAll('video')) video.remove();
    });
    after(() => place.stopServer());

    it('opens its control channel at both ends, and carries texts both ways', async () => {
      const [anna, ben] = await connect();
      await talk([anna, ben], 'hello Ben');
      await talk([ben, anna], 'hello Anna');
    });

    it('says nothing from within a call', () => {
      const anna = create(false);
      void anna.link.offer();
      expect(anna.inbox.all).to.deep.equal([]);
    });

    it('keeps every byte and the order on the control channel', async () => {
      const [anna, ben] = await connect();
      const sent = Array.from({ length: 50 }, (_, index) =>
        asSealed(new Uint8Array(index % 10 === 0 ? 100_000 : index).fill(index)),
      );
      for (const bytes of sent) anna.link.sendControl(bytes);
      for (const bytes of sent) expect((await ben.inbox.next('control')).bytes).to.deep.equal(bytes);
    });

    it('names one certificate in its description, and that is the one the other end sees', async () => {
      const [anna, ben] = [create(false), create(true)];
      trickle(anna, ben);
      trickle(ben, anna);
      const offer = await anna.link.offer();
      const answer = await ben.link.answer(offer);
      await anna.link.acceptAnswer(answer);
      await Promise.all([anna.inbox.next('control-opened'), ben.inbox.next('control-opened')]);
      for (const [sdp, witness] of [
        [offer, ben],
        [answer, anna],
      ] as const) {
        const named = new Set(sdp.match(/^a=fingerprint:.*$/gm));
        expect(named.size).to.equal(1);
        const der = witness.link.remoteCertificate() ?? new Uint8Array();
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
        const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
        expect([...named].join('').trim()).to.equal(`a=fingerprint:sha-256 ${hex}`);
      }
    });

    it('carries a file in order, and says when there is room again', async () => {
      const [anna, ben] = await connect();
      const pieces = 96;
      let most = 0;
      for (let index = 0; index < pieces; index += 1) {
        expect(anna.link.sendFile(asSealed(new Uint8Array(49_152).fill(index)))).to.equal(true);
        most = Math.max(most, anna.link.fileBacklog);
        if (anna.link.fileBacklog > 1_000_000) {
          await anna.link.fileBacklogBelow(300_000);
          expect(anna.link.fileBacklog).to.be.below(300_000);
        }
      }
      expect(most, 'the backlog was felt').to.be.above(0);
      for (let index = 0; index < pieces; index += 1) {
        const { bytes } = await ben.inbox.next('file');
        expect([bytes.length, bytes[0], bytes.at(-1)]).to.deep.equal([49_152, index, index]);
      }
      await anna.link.fileBacklogBelow(1);
      expect(anna.link.fileBacklog).to.equal(0);
    });

    it('tells whoever waits for room that the peer is gone', async () => {
      const [anna] = await connect();
      for (let index = 0; index < 200; index += 1) anna.link.sendFile(asSealed(new Uint8Array(49_152)));
      const wait = refusal(anna.link.fileBacklogBelow(1));
      anna.link.close();
      expect(await wait).to.equal('peer-gone');
      expect(await refusal(anna.link.fileBacklogBelow(1_000_000))).to.equal('peer-gone');
    });

    it('shows the camera of the other end, both ways, in a stream that stays the same', async () => {
      const [anna, ben] = await connect();
      const stream = ben.link.remoteStream(permit);
      await show(anna.link, 'video');
      await picture(stream);
      await show(ben.link, 'video');
      await picture(anna.link.remoteStream(permit));
      expect(ben.link.remoteStream(permit)).to.equal(stream);
      expect(stream.getVideoTracks()).to.have.length(1);
    });

    it('starts, replaces and stops a track without renegotiation', async () => {
      const [anna, ben] = await connect();
      await show(anna.link, 'video');
      await picture(ben.link.remoteStream(permit));
      await show(anna.link, 'video');
      await picture(ben.link.remoteStream(permit));
      await anna.link.sendTrack(permit, 'video', null);
      await talk([anna, ben], 'still here');
      expect([...anna.inbox.kinds, ...ben.inbox.kinds]).to.not.include('description');
    });

    it('takes the picture out of the stream while the camera is said to be off', async () => {
      const [anna, ben] = await connect();
      const stream = ben.link.remoteStream(permit);
      ben.link.showVideo(permit, false);
      await show(anna.link, 'video');
      await talk([anna, ben], 'camera off');
      expect(stream.getVideoTracks()).to.have.length(0);
      ben.link.showVideo(permit, true);
      await picture(stream);
      expect(stream.getVideoTracks()).to.have.length(1);
    });

    it('lets the sound play while the camera is said to be off', async () => {
      const [anna, ben] = await connect();
      ben.link.showVideo(permit, false);
      const microphone = tone();
      tracks.push(microphone);
      await anna.link.sendTrack(permit, 'audio', microphone);
      const element = document.createElement('video');
      element.muted = true;
      element.srcObject = ben.link.remoteStream(permit);
      document.body.append(element);
      // With a picture that never comes, this would never resolve.
      await element.play();
      await show(anna.link, 'video');
      ben.link.showVideo(permit, true);
      await new Promise((resolve) => element.requestVideoFrameCallback(resolve));
    });

    it('tells the other end at once when it is closed, and says nothing at its own', async () => {
      const [anna, ben] = await connect();
      anna.link.close();
      await ben.inbox.next('closed');
      expect(anna.inbox.kinds).to.not.include('closed');
      expect(ben.link.sendControl(sealedText('anyone?'))).to.equal(false);
      expect(anna.link.sendControl(sealedText('me?'))).to.equal(false);
      expect(await anna.link.stats()).to.equal(undefined);
    });

    it('closes when its lifetime ends', async () => {
      const [anna, ben] = await connect();
      anna.life.abort();
      await ben.inbox.next('closed');
      expect(ben.inbox.kinds.filter((kind) => kind === 'closed')).to.have.length(1);
    });

    it('renews its path while it goes on talking', async () => {
      const [anna, ben] = await connect();
      const spoken = anna.inbox.next('description').then(async ({ description }) => {
        await ben.link.negotiate(description);
        return description.type;
      });
      anna.link.restartIce();
      await talk([anna, ben], 'meanwhile');
      expect(await spoken).to.equal('offer');
      const { description } = await ben.inbox.next('description');
      expect(description.type).to.equal('answer');
      await anna.link.negotiate(description);
      await talk([ben, anna], 'afterwards');
    });

    it('survives that both ends renegotiate at once', async () => {
      const couple = await connect();
      const [anna, ben] = couple;
      anna.link.restartIce();
      ben.link.restartIce();
      const [ours, theirs] = await Promise.all([
        anna.inbox.next('description'),
        ben.inbox.next('description'),
      ]);
      await Promise.all([anna.link.negotiate(theirs.description), ben.link.negotiate(ours.description)]);
      carry(anna, ben);
      carry(ben, anna);
      await talk(couple, 'and on we go');
      await talk([ben, anna], 'both ways');
      await show(anna.link, 'video');
      await picture(ben.link.remoteStream(permit));
    });

    it('is not disturbed by an answer that comes twice or to no question', async () => {
      const [anna, ben] = await connect();
      anna.link.restartIce();
      await ben.link.negotiate((await anna.inbox.next('description')).description);
      const { description } = await ben.inbox.next('description');
      await anna.link.negotiate(description);
      await anna.link.negotiate(description);
      await talk([anna, ben], 'undisturbed');
    });

    it('drops a candidate that makes no sense', async () => {
      const [anna, ben] = await connect();
      for (const candidate of ['nonsense', 'candidate:1 1 udp 1 not-an-address 1 typ host', '']) {
        await anna.link.addCandidate({ candidate, mid: '0', line: 0, ufrag: null });
        await anna.link.addCandidate({ candidate, mid: 'nowhere', line: 99, ufrag: 'stranger' });
      }
      await talk([anna, ben], 'no harm done');
    });

    it('refuses descriptions that are none', async () => {
      for (const sdp of ['', 'v=0', 'nonsense', 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n'])
        expect(await refusal(create(true).link.answer(sdp)), JSON.stringify(sdp)).to.equal('webrtc');
      const anna = create(false);
      await anna.link.offer();
      expect(await refusal(anna.link.acceptAnswer('nonsense'))).to.equal('webrtc');
      const [carol, dora] = await connect();
      expect(await refusal(carol.link.negotiate({ type: 'offer', sdp: 'nonsense' }))).to.equal('webrtc');
      await talk([carol, dora], 'unharmed');
    });

    it('refuses what comes out of turn', async () => {
      const anna = create(false);
      expect(await refusal(anna.link.acceptAnswer('v=0'))).to.equal('webrtc');
      const offer = await anna.link.offer();
      expect(await refusal(anna.link.offer())).to.equal('webrtc');
      expect(await refusal(anna.link.answer(offer))).to.equal('webrtc');
      const ben = create(true);
      ben.link.close();
      expect(await refusal(ben.link.answer(offer))).to.equal('webrtc');
      expect(ben.link.sendControl(sealedText('x'))).to.equal(false);
      expect(ben.link.sendFile(sealedText('x'))).to.equal(false);
    });
  });
}
