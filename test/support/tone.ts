// takes nothing, gives a microphone: one steady tone.

/** An audio track that sounds until it is stopped. */
export function tone(): MediaStreamTrack {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const oscillator = context.createOscillator();
  oscillator.connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks();
  if (track === undefined) throw new Error('This browser makes no sound.');
  const stop = track.stop.bind(track);
  track.stop = () => {
    stop();
    void context.close();
  };
  return track;
}
