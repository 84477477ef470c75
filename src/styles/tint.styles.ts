// takes a number from 0 to 5 in `data-tint`, gives the colour of someone who has no picture: `var(--_tint)`.

import { css } from 'lit';

export const tint = css`
  :host,
  [data-tint='0'] {
    --_tint: #3f8f7f;
  }
  [data-tint='1'] {
    --_tint: #5a7fb8;
  }
  [data-tint='2'] {
    --_tint: #9a6fb0;
  }
  [data-tint='3'] {
    --_tint: #b5743f;
  }
  [data-tint='4'] {
    --_tint: #b3606f;
  }
  [data-tint='5'] {
    --_tint: #7f8a3c;
  }
`;
