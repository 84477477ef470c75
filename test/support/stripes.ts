// takes nothing, gives a camera: a canvas whose stripes wander.

/** A video track that never stands still, until it is stopped. */
export function stripes(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = 160;
  canvas.height = 120;
  const context = canvas.getContext('2d');
  const [track] = canvas.captureStream(15).getVideoTracks();
  if (context === null || track === undefined) throw new Error('This browser draws no stripes.');
  let step = 0;
  const draw = (): void => {
    step += 1;
    for (let x = 0; x < canvas.width; x += 8) {
      context.fillStyle = `hsl(${(x + step * 5) % 360} 80% 50%)`;
      context.fillRect(x, 0, 8, canvas.height);
    }
    if (track.readyState === 'live') requestAnimationFrame(draw);
  };
  draw();
  return track;
}
